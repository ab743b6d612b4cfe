// Functions for measurements: each differs from all others, and every run makes the same ones. Of ten, eight are V1.

/** @typedef {{ readonly whole: (below: number) => number, readonly pick: <T>(list: readonly T[]) => T }} Random */

/**
 * A generator of numbers that looks random and is the same for the same seed (mulberry32).
 *
 * @param {number} seed
 * @returns {Random}
 */
function randomOf(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  const next = () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (/** @type {number} */ below) => Math.floor(next() * below);
  return {
    whole,
    pick: (list) => {
      const picked = list[whole(list.length)];
      if (picked === undefined) throw new Error("Nothing to pick from.");
      return picked;
    },
  };
}

const subjects = ["order", "ticket", "parcel", "booking", "invoice", "claim", "voucher", "meter", "refund", "tariff"];
const fields = ["number", "status", "owner", "channel", "language", "priority", "region", "source", "amount", "note"];

/** Plain functions of the user's, which fill a file: no step has anything to do in them. */
const fillers = [
  (/** @type {string} */ id, /** @type {Random} */ { whole, pick }) => [
    `// Takes the ${pick(fields)} out of what the customer wrote.`,
    `function find${id}(text) {`,
    `  const words = String(text).toLowerCase().split(" ");`,
    `  for (let index = 0; index < words.length; index += 1) {`,
    `    if (words[index].startsWith("${pick(subjects)}") && words[index].length > ${String(whole(9))}) {`,
    `      return words[index + 1] || words[index];`,
    `    }`,
    `  }`,
    `  return undefined;`,
    `}`,
  ],
  (/** @type {string} */ id, /** @type {Random} */ { whole, pick }) => [
    `function label${id}(status) {`,
    `  switch (status) {`,
    ...fields
      .slice(0, 3 + whole(5))
      .flatMap((field, index) => [`    case "${field}":`, `      return "The ${field} of step ${String(index)}";`]),
    `    default:`,
    `      return "${pick(subjects)}";`,
    `  }`,
    `}`,
  ],
  (/** @type {string} */ id, /** @type {Random} */ { whole, pick }) => [
    `const rules${id} = {`,
    ...fields
      .slice(0, 2 + whole(8))
      .map((field) => `  ${field}: { max: ${String(whole(99))}, label: "${pick(fields)}" },`),
    `};`,
    ``,
    `function check${id}(record) {`,
    `  return Object.keys(rules${id})`,
    `    .filter((key) => record[key] !== undefined)`,
    `    .filter((key) => String(record[key]).length > rules${id}[key].max)`,
    `    .map((key) => \`\${rules${id}[key].label} is too long\`);`,
    `}`,
  ],
  (/** @type {string} */ id, /** @type {Random} */ { pick }) => [
    `const sum${id} = (items) => {`,
    `  let total = 0;`,
    `  items.forEach((item) => {`,
    `    const price = Number(item.${pick(fields)});`,
    `    total += Number.isNaN(price) ? 0 : price * (item.count || 1);`,
    `  });`,
    `  return Math.round(total * 100) / 100;`,
    `};`,
  ],
];

/** Handlers of V1, in the styles in which people write them. */
const legacyHandlers = [
  (/** @type {string} */ subject, /** @type {Random} */ { pick }) => [
    `async function lambda(input, callback) {`,
    `  try {`,
    `    const { value: token } = await secretClient.readSecret("${subject}-token");`,
    `    const user = await secretClient.readSecret("${subject}-user");`,
    `    const ${subject} = await httpClient(\`https://${subject}s.example.com/v1/\${input.payload.${pick(fields)}}\`, {`,
    `      method: "POST",`,
    `      headers: { Authorization: \`Bearer \${token}\`, "x-user": user.value },`,
    `      body: { ${pick(fields)}: input.payload.${pick(fields)}, source: "messaging" },`,
    `      json: true,`,
    `    });`,
    `    console.info("${subject} read", ${subject}.id);`,
    `    callback(null, ${subject}.${pick(fields)});`,
    `  } catch (error) {`,
    `    console.error("${subject}", error.message);`,
    `    callback(error);`,
    `  }`,
    `}`,
  ],
  (/** @type {string} */ subject, /** @type {Random} */ { pick }) => [
    `function lambda(input, callback) {`,
    `  const { ${pick(fields)}: key } = input.payload;`,
    `  if (!key) {`,
    `    callback(new Error("The ${subject} has no key."));`,
    `    return;`,
    `  }`,
    `  Promise.all([secretClient.readSecret("${subject}-key"), secretClient.readSecret("${subject}-id")])`,
    `    .then(([secret, id]) =>`,
    `      httpClient({ uri: "https://${subject}s.example.com/search", qs: { key, id: id.value }, headers: { token: secret.value }, json: true }),`,
    `    )`,
    `    .then((found) => {`,
    `      if (found.length === 0) {`,
    `        callback(null, "nothing found");`,
    `        return;`,
    `      }`,
    `      callback(null, found[0].${pick(fields)});`,
    `    })`,
    `    .catch((error) => callback(error));`,
    `}`,
  ],
  (/** @type {string} */ subject, /** @type {Random} */ { pick }) => [
    `async function lambda(input, callback) {`,
    `  const { conversationId, ${pick(fields)}: wanted } = input.payload;`,
    `  if (typeof wanted !== "string") {`,
    `    return callback(null, { ok: false, ${subject}: null });`,
    `  }`,
    `  try {`,
    `    const answer = await lpClient(LpServices.ACCOUNT_CONFIG_READ_WRITE, \`/api/account/\${process.env.BRAND_ID}/${subject}s\`, {`,
    `      method: "GET",`,
    `      json: true,`,
    `      headers: { "X-Trace": conversationId },`,
    `    });`,
    `    callback(null, { ok: true, ${subject}: answer[wanted] });`,
    `  } catch (error) {`,
    `    if (error.statusCode === 404) {`,
    `      callback(null, { ok: false, ${subject}: undefined });`,
    `      return;`,
    `    }`,
    `    callback(error);`,
    `  }`,
    `}`,
  ],
  (/** @type {string} */ subject, /** @type {Random} */ { pick }) => [
    `function lambda(input, callback) {`,
    `  httpClient("https://${subject}s.example.com/login", {`,
    `    method: "POST",`,
    `    json: true,`,
    `    body: { ${pick(fields)}: input.payload.user },`,
    `  })`,
    `    .then((session) => load(session.token))`,
    `    .then((${subject}) => {`,
    `      console.info("${subject}", ${subject}.id);`,
    `      callback(null, ${subject});`,
    `    })`,
    `    .catch(failed);`,
    ``,
    `  function load(token) {`,
    `    return httpClient("https://${subject}s.example.com/all", { headers: { token }, json: true, simple: false });`,
    `  }`,
    ``,
    `  function failed(error) {`,
    `    console.error("${subject}s can't be read", error.message);`,
    `    callback(error);`,
    `  }`,
    `}`,
  ],
];

const modernHandler = (/** @type {string} */ subject, /** @type {Random} */ { pick }) => [
  `async function lambda(input) {`,
  `  const { value } = await secretClient.readSecret("${subject}-token");`,
  `  const response = await fetch(\`https://${subject}s.example.com/v1/\${input.payload.${pick(fields)}}\`, {`,
  `    headers: { Authorization: \`Bearer \${value}\` },`,
  `  });`,
  `  if (!response.ok) {`,
  `    throw new Error(\`The ${subject} can't be read: \${String(response.status)}\`);`,
  `  }`,
  `  return response.json();`,
  `}`,
];

const legacyHead = [
  `const { Toolbelt, LpServices } = require("lp-faas-toolbelt");`,
  `const httpClient = Toolbelt.HTTPClient();`,
  `const secretClient = Toolbelt.SecretClient();`,
  `const lpClient = Toolbelt.LpClient();`,
];
const modernHead = [
  `import { Toolbelt } from "core-functions-toolbelt";`,
  ``,
  `const secretClient = Toolbelt.SecretClient();`,
];

/**
 * The text of one function, of 20 to 200 lines.
 *
 * @param {number} index
 */
export function functionText(index) {
  const random = randomOf(index);
  const isModern = index % 5 === 4;
  const subject = random.pick(subjects);
  const handler = isModern ? modernHandler : random.pick(legacyHandlers);
  const lines = [
    `// Function ${String(index)}`,
    ...(isModern ? modernHead : legacyHead),
    "",
    ...handler(subject, random),
  ];
  // More short ones than long ones, as people have them.
  const wanted = Math.round(20 + 170 * (random.whole(1000) / 1000) ** 2);
  for (let part = 0; lines.length < wanted; part += 1) {
    lines.push("", ...random.pick(fillers)(String(part), random));
  }
  return `${lines.join("\n")}\n`;
}

/** Whether the function of that index is one of V1. */
export function isLegacy(/** @type {number} */ index) {
  return index % 5 !== 4;
}
