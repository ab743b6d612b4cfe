// Functions that can be made as long as wanted, each by more of one thing: the cost of a migration must grow with them.

/** @typedef {(count: number) => string} GrowingInput */

/** @param {number} count @param {(index: number) => string} line */
function lines(count, line) {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

/** @param {string} body @param {string} head */
function lambda(body, head = "") {
  return `const { Toolbelt } = require("lp-faas-toolbelt");\n${head}\nasync function lambda(input, callback) {\n${body}\n}\n`;
}

const http = "const httpClient = Toolbelt.HTTPClient();";
const secrets = "const secretClient = Toolbelt.SecretClient();";

/** @type {Readonly<Record<string, GrowingInput>>} */
export const growingInputs = {
  "secret reads": (count) =>
    lambda(
      `${lines(count, (i) => `  const secret${String(i)} = await secretClient.readSecret("name-${String(i)}");`)}\n  callback(null, secret0.value);`,
      secrets,
    ),
  requests: (count) =>
    lambda(
      `${lines(count, (i) => `  const answer${String(i)} = await httpClient("https://example.com/${String(i)}", { json: true });`)}\n  callback(null, answer0);`,
      http,
    ),
  "early returns": (count) =>
    lambda(
      `${lines(count, (i) => `  if (input.payload.kind === ${String(i)}) return callback(null, ${String(i)});`)}\n  callback(null, "none");`,
    ),
  "switch cases": (count) =>
    lambda(
      `  switch (input.payload.kind) {\n${lines(count, (i) => `    case ${String(i)}:\n      callback(null, "kind ${String(i)}");\n      break;`)}\n    default:\n      callback(null, "none");\n  }`,
    ),
  "implicit globals": (count) =>
    lambda(
      `${lines(count, (i) => `  global${String(i)} = input.payload.part${String(i)};\n  console.log(global${String(i)});`)}\n  callback(null, global0);`,
    ),
  statements: (count) =>
    lambda(
      `  let total = 0;\n${lines(count, (i) => `  total += compute(input.payload.part, ${String(i)});`)}\n  callback(null, total);`,
      "function compute(a, b) {\n  return a * b;\n}",
    ),
  properties: (count) =>
    lambda(
      `  const table = {\n${lines(count, (i) => `    name${String(i)}: "value ${String(i)}",`)}\n  };\n${lines(count, (i) => `  input.payload.name${String(i)} = table.name${String(i)};`)}\n  callback(null, table.name0);`,
    ),
  "console calls": (count) =>
    lambda(
      `${lines(count, (i) => `  console.info("step ${String(i)}", input.payload.part);`)}\n  callback(null, "done");`,
    ),
  "promise chains": (count) =>
    lambda(
      `${lines(
        count,
        (i) =>
          `  if (input.payload.kind === ${String(i)}) {\n    load(${String(i)}).then((found) => callback(null, found)).catch((error) => callback(error));\n    return;\n  }`,
      )}\n  callback(null, "none");`,
      "async function load(id) {\n  return id;\n}",
    ).replace("async function lambda", "function lambda"),
  "callback aliases": (count) =>
    lambda(
      `${lines(count, (i) => `  const done${String(i)} = callback;\n  if (input.payload.kind === ${String(i)}) return done${String(i)}(null, ${String(i)});`)}\n  callback(null, "none");`,
    ),
  "conditional calls": (count) =>
    lambda(
      `${lines(
        count,
        (i) =>
          `  if (input.payload.kind === ${String(i)}) {\n    input.payload.ok ? callback(null, ${String(i)}) : callback(new Error("none"));\n    return;\n  }`,
      )}\n  callback(null, "none");`,
    ),
};
