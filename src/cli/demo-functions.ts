/** Functions of V1 by path, for `faas-migrate demo`: one that is simple, one that reads a secret, one that needs a person. */
export const demoFunctions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "functions/greeting/index.js": `function lambda(input, callback) {
  callback(null, "Hello " + input.payload.name);
}
`,
    "functions/login-link/index.js": `const { Toolbelt } = require("lp-faas-toolbelt");

async function lambda(input, callback) {
  const secretClient = Toolbelt.SecretClient();
  try {
    const shop = await secretClient.readSecret("shop");
    callback(null, "https://shop.example.com/login?as=" + input.payload.id + "&for=" + shop.value.name);
  } catch (error) {
    callback(error);
  }
}
`,
    "functions/through-proxy/index.js": `const { Toolbelt } = require("lp-faas-toolbelt");

function lambda(input, callback) {
  const httpClient = Toolbelt.HTTPClient();
  httpClient("https://crm.example.com/", { proxy: "http://10.0.0.1:3128" })
    .then((customers) => callback(null, customers))
    .catch((error) => callback(error));
}
`,
  }),
);
