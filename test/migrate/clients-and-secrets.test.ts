import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import type { CaseScript } from "../oracle/index.ts";

/** A V1 function with this body, and what stands around it. */
function legacy(body: string, around = ""): string {
  return `const { Toolbelt } = require("lp-faas-toolbelt");
${around}
async function lambda(input, callback) {
  try {
${body}
  } catch (error) {
    console.error(error.code);
    callback(error);
  }
}
`;
}

interface Case {
  readonly what: string;
  readonly text: string;
  /** What the result must contain; after `not`, what it must not. */
  readonly has: readonly string[];
  readonly not?: readonly string[];
  /** Parts of the script that differ from `SCRIPT`. */
  readonly script?: CaseScript;
}

const SCRIPT: CaseScript = {
  input: { headers: [], payload: { keys: ["x", "y"] } },
  scenarios: [{ name: "no keys", input: { headers: [], payload: {} } }],
};

/** A second invocation of the same instance: it meets the client of the first. */
const TWICE: CaseScript = { later: [{ headers: [], payload: { keys: ["z"] } }] };

const CLIENT = "const secrets = Toolbelt.SecretClient();";

const joined: readonly Case[] = [
  {
    what: "clients of several functions, used in place and in a loop",
    script: TWICE,
    text: legacy(
      `    const out = [];
    for (const key of input.payload.keys || []) {
      const reader = Toolbelt.SecretClient();
      out.push((await reader.readSecret(key)).value);
    }
    const last = await Toolbelt.SecretClient().readSecret("last");
    callback(null, [out, last, await key()]);`,
      `async function key() { var client = Toolbelt.SecretClient(), name = "key"; return client.readSecret(name); }`,
    ),
    has: ["const client = Toolbelt.SecretClient();", 'await client.readSecret("last")', 'var name = "key"'],
    not: ["reader"],
  },
  {
    what: "a name that means something else",
    script: TWICE,
    text: legacy(
      `    const read = async () => { const secrets = Toolbelt.SecretClient(); return secrets.readSecret("a"); };
    callback(null, [secrets, await read()]);`,
      `const secrets = ["a"];`,
    ),
    has: ["const secretClient = Toolbelt.SecretClient();"],
  },
  {
    what: "reads with plain declarations between them",
    text: legacy(
      `    const a = await secrets.readSecret("a");
    const user = a.value;
    const b = await secrets.readSecret("b");
    const { value: c } = await secrets.readSecret("c");
    callback(null, { user, b: b.value, c });`,
      CLIENT,
    ),
    has: ["const [a, b, { value: c }] = await Promise.all(["],
  },
  {
    what: "values and assignments",
    text: legacy(
      `    let a;
    let b;
    a = await secrets.readSecret("a");
    b = (await secrets.readSecret("b")).value;
    const c = (await secrets.readSecret("c")).value;
    const d = (await secrets.readSecret("d")).value;
    callback(null, [a, b, c, d]);`,
      CLIENT,
    ),
    has: ["[a, { value: b }] = await Promise.all([", "const [{ value: c }, { value: d }] = await Promise.all(["],
  },
  {
    what: "helpers that read",
    text: legacy(
      `    const a = await valueOf("a");
    const b = await valueOf(which);
    callback(null, a + b);`,
      `${CLIENT}\nconst which = "b";\nconst valueOf = async (key) => (await secrets.readSecret(key)).value;`,
    ),
    has: ["const [a, b] = await Promise.all(["],
  },
  {
    what: "loops over names",
    text: legacy(
      `    const values = {};
    for (const name of NAMES) { values[name] = (await secrets.readSecret(name)).value; }
    const list = [];
    for (const name of ["c", "1", "0"]) list.push(await secrets.readSecret(name));
    callback(null, [Object.keys(values), values, list]);`,
      `${CLIENT}\nconst NAMES = ["b", "a", "2", "1"];`,
    ),
    has: ["Object.fromEntries(", "await Promise.all(NAMES.map(", "const list = await Promise.all("],
  },
];

const apart: readonly Case[] = [
  {
    what: "assignments that the catch reads",
    text: `const { Toolbelt } = require("lp-faas-toolbelt");
${CLIENT}
async function lambda(input, callback) {
  let a, b;
  try {
    a = await secrets.readSecret("a");
    b = await secrets.readSecret("b");
    callback(null, [a, b]);
  } catch (error) {
    callback(null, [a, b]);
  }
}
`,
    has: ['a = await secrets.readSecret("a");'],
    not: ["Promise.all"],
  },
  {
    what: "a fallback of its own",
    text: legacy(
      `    const a = await secrets.readSecret("a");
    let b = "none";
    try { b = (await secrets.readSecret("b")).value; } catch (error) { console.warn("no b"); }
    const c = await secrets.readSecret("c");
    callback(null, [a, b, c]);`,
      CLIENT,
    ),
    has: ["try { b ="],
    not: ["Promise.all"],
  },
  {
    what: "a log entry between the reads",
    text: legacy(
      `    const a = await secrets.readSecret("a");
    console.info("a is there");
    const b = await secrets.readSecret("b");
    callback(null, [a, b]);`,
      CLIENT,
    ),
    has: ["console.info"],
    not: ["Promise.all"],
  },
  {
    what: "a name that was read",
    text: legacy(
      `    const a = await secrets.readSecret("a");
    const b = await secrets.readSecret(a.value);
    callback(null, [a, b]);`,
      CLIENT,
    ),
    has: ["readSecret(a.value)"],
    script: { secrets: { a: "z", z: "1" } },
    not: ["Promise.all"],
  },
  {
    what: "a replaced Promise",
    text: legacy(
      `    const Promise = { all: (list) => list[0] };
    const a = await secrets.readSecret("a");
    const b = await secrets.readSecret("b");
    callback(null, [a, b, Object.keys(Promise)]);`,
      CLIENT,
    ),
    has: ['const b = await secrets.readSecret("b");'],
    not: ["await Promise.all"],
  },
  {
    what: "the same secret twice",
    text: legacy(
      `    const a = await secrets.readSecret("a");
    const again = await secrets.readSecret("a");
    callback(null, [a, again]);`,
      CLIENT,
    ),
    has: ["const again = await"],
    not: ["Promise.all"],
  },
  {
    what: "a client that is created once already",
    script: TWICE,
    text: legacy(
      `    client = client || Toolbelt.SecretClient();
    callback(null, (await client.readSecret("a")).value);`,
      "let client;",
    ),
    has: ["client = client || Toolbelt.SecretClient();"],
  },
  {
    what: "a client that is changed",
    script: TWICE,
    text: legacy(
      `    const client = Toolbelt.SecretClient();
    client.reads = (client.reads || 0) + 1;
    callback(null, [client.reads, await client.readSecret("a")]);`,
    ),
    has: ["  const client = Toolbelt.SecretClient();"],
  },
  {
    what: "a client that is kept elsewhere",
    script: TWICE,
    text: legacy(
      `    const client = Toolbelt.SecretClient();
    clients.add(client);
    callback(null, [clients.size, await client.readSecret("a")]);`,
      "const clients = new Set();",
    ),
    has: ["  const client = Toolbelt.SecretClient();"],
  },
  {
    what: "writes one after the other",
    text: legacy(
      `    await secrets.updateSecret({ key: "a", value: "1" });
    await secrets.updateSecret({ key: "b", value: "2" });
    callback(null, "done");`,
      CLIENT,
    ),
    has: ['await secrets.updateSecret({ key: "b"'],
    not: ["Promise.all"],
  },
];

describe.each([
  ["written in one", joined],
  ["left alone", apart],
] as const)("clients and secrets that are %s", (_, cases) => {
  it.each(cases)("$what", async ({ text, has, not = [], script }) => {
    const result = migrateSource("index.js", text, { style: "faithful" });
    expect(result.reasons).toEqual([]);
    expect(result.verdict).toBe("migrated");
    for (const part of has) {
      expect(result.text).toContain(part);
    }
    for (const part of not) {
      expect(result.text).not.toContain(part);
    }
    const report = await verify({
      original: text,
      migrated: result.text,
      scenarios: { ...SCRIPT, ...script },
      declared: result.differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
  });
});
