import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { SourceFile } from "../../src/migrate/discover.ts";
import type { Remark } from "../../src/migrate/result.ts";
import type { Unit } from "../../src/migrate/run-outcome.ts";
import { checkUnits } from "../../src/types/check-run.ts";
import { BadConfiguration } from "../../src/types/strictness.ts";
import { tempFolder } from "../cli/support.ts";
import { ROOT, caseNames, faithfulOf } from "../functions/cases.ts";

function unitOf(folder: string, before: string, after: string, path = "index.js"): Unit {
  const source: SourceFile = { path, absolute: join(folder, path), named: true };
  const file = { path, verdict: "migrated", transforms: [], differences: [], reasons: [], followUps: [] } as const;
  return [{ source, outcome: { kind: "result", file, change: { before, after } } }];
}

function reasonsOf(units: readonly Unit[]): readonly Remark[] {
  return units.flat().flatMap(({ outcome }) => (outcome.kind === "result" ? outcome.file.reasons : []));
}

/** What is told of one function, as `line message`. */
function toldOf(before: string, after: string, files: Readonly<Record<string, string>> = {}): string[] {
  const folder = tempFolder(files);
  return linesOf(checkUnits([unitOf(folder, before, after)], folder));
}

function linesOf(units: readonly Unit[]): string[] {
  const told = reasonsOf(units);
  expect(told.filter(({ id }) => id !== "type-error")).toEqual([]);
  return told.map(({ line, message }) => `${String(line)} ${message}`);
}

/** What is told of each of some functions, by name, as `line message`: they are checked in one run, when the first is asked for. */
function toldTogether(functions: readonly (readonly [name: string, before: string, after: string])[]) {
  let units: readonly Unit[] | undefined;
  return (name: string): string[] => {
    const folder = tempFolder();
    units ??= checkUnits(
      functions.map(([path, before, after]) => unitOf(folder, before, after, `${path}/index.js`)),
      folder,
    );
    const found = units[functions.findIndex(([other]) => other === name)];
    return linesOf(found === undefined ? [] : [found]);
  };
}

const v1 = `const { Toolbelt } = require("lp-faas-toolbelt");

function lambda(input, callback) {
  callback(null, input);
}
`;
const v2 = (body: string): string =>
  `import { LpServices, Toolbelt } from "core-functions-toolbelt";\n\nasync function lambda(input) {\n  ${body}\n}\n`;

describe("a wrong call in a result", () => {
  const calls = [
    ["the options of V1 for a client", `return Toolbelt.ContextServiceClient({ apiKey: "key" });`, "not assignable to"],
    [
      "a field that only V1's response has",
      `return (await fetch("https://a.example.com")).statusCode;`,
      "'statusCode'",
    ],
    [
      "an option that LpClient ignores",
      `return Toolbelt.LpClient()(LpServices.RTBF, "/path", { json: true });`,
      "`json`: Type 'true' is not assignable to type 'never'",
    ],
    [
      "a misspelt member of a secret",
      `const secret = await Toolbelt.SecretClient().readSecret("key");\n  return secret.val;`,
      "'val' does not exist on type 'SecretEntry<any>'",
    ],
    ["a client that V2 lacks", `return Toolbelt.HTTPClient();`, "'HTTPClient' does not exist"],
    [
      "an export that V2 lacks",
      `return Toolbelt;\n}\nimport { SecretError } from "core-functions-toolbelt";\n{`,
      "'SecretError'",
    ],
    ["a name that nothing declares", `return htttp(input);`, "Cannot find name 'htttp'"],
  ] as const;
  const toldOfCall = toldTogether(calls.map(([what, body]) => [what, v1, v2(body)]));

  it.each(calls)("is told: %s", (what, _body, message) => {
    const told = toldOfCall(what);
    expect(told).toEqual([expect.stringContaining(message)]);
    expect(told[0]).toMatch(/^\d+ The result has a type error that the original has not, at `.+`: .+ Look at it/u);
  });

  it("is told with its place in the original", () => {
    const before = `${v1}\nfunction other() {\n  return fetch("/a").then((a) => a.status);\n}\n`;
    const after = `// One.\n// Two.\n${before.replace(/lambda\(.*\n.*\n/u, "lambda(input) {\n").replace("a.status", "a.statusCode")}`;
    expect(toldOf(before, after)).toEqual([expect.stringMatching(/^8 .*`statusCode`/u)]);
  });
});

describe("what is not told", () => {
  const functions = [
    ["a right result", v1, v2(`return (await Toolbelt.SecretClient().readSecret("key")).value;`)],
    ["an error that the original has as well", `${v1}undeclared();\n`, `${v2("return input;")}undeclared();\n`],
    ["a package that is not installed", v1, `import { verify } from "not-installed";\n${v2("return verify(input);")}`],
    [
      "a variable that only a callback sets",
      v1,
      v2(`let failed;\n[1].forEach((n) => { failed = { n }; });\nif (failed) return failed.n;`),
    ],
    ["JSDoc of the callback", v1, `/** @param {Function} callback gone */\n${v2("return input;")}`],
    ["types that nobody has written", v1, v2("return input.payload.some.thing(input);")],
  ] as const;
  const toldOfFunction = toldTogether(functions);

  it.each(functions)("%s", (what) => {
    expect(toldOfFunction(what)).toEqual([]);
  });

  it("what two functions declare under one name", () => {
    const folder = tempFolder();
    const units = ["a/index.js", "b/index.js"].map((path) => unitOf(folder, v1, v2("return input;"), path));
    expect(reasonsOf(checkUnits(units, folder))).toEqual([]);
  });

  it("a file of the project that is imported, whichever text it had before", () => {
    const files = { "tools.js": "export const twice = (n) => 2 * n;\n" };
    const right = `import { twice } from "./tools.js";\n${v2("return twice(input.payload);")}`;
    const wrong = `import { thrice } from "./tools.js";\n${v2("return thrice(input.payload);")}`;
    expect(toldOf(v1, right, files)).toEqual([]);
    expect(toldOf(v1, wrong, files)).toEqual([expect.stringContaining("'thrice'")]);
  });
});

describe("how strict the check is", () => {
  const after = v2("return input.payload.name;");

  it("says the project's tsconfig.json, with what it extends", () => {
    const implicit = expect.stringContaining("Parameter 'input' implicitly has an 'any' type") as unknown;
    const original = v1.replace("(input, callback)", "(/** @type {any} */ input, /** @type {any} */ callback)");
    expect(toldOf(original, after)).toEqual([]);
    expect(toldOf(original, after, { "tsconfig.json": '{ "compilerOptions": { "strict": true } }' })).toEqual([
      implicit,
    ]);
    const extended = {
      "base.json": '{ "compilerOptions": { "strict": true } }',
      "jsconfig.json": '{ "extends": "./base.json" }',
    };
    expect(toldOf(original, after, extended)).toEqual([implicit]);
  });

  it("says a file that tells nothing of types: it is not strict, and still must fit", () => {
    const strict = { "tsconfig.json": '{ "compilerOptions": { "strict": true } }' };
    const helped = `${v2('return read(input) ?? "";')}\nfunction read(text) {\n  return text.name;\n}\n`;
    expect(toldOf(v1, helped, strict)).toEqual([]);
    expect(toldOf(v1, v2("return fetch(process.env.ORDERS_URL);"), strict)).toEqual([]);
    const told = v1.replace("function", "/** @param {object} input @param {Function} callback */\nfunction");
    const kept = helped.replace("async function", "/** @param {{ name?: string }} input */\nasync function");
    expect(toldOf(told, kept, strict)).toEqual([]);
    expect(toldOf(v1, v2('return Toolbelt.ContextServiceClient({ apiKey: "key" });'), strict)).toEqual([
      expect.stringContaining("not assignable to"),
    ]);
  });

  it("makes nothing of right results in a project as strict as this one", () => {
    const units = caseNames
      .filter((name) => name.startsWith("functions/"))
      .map(faithfulOf)
      .filter(({ isChanged }) => isChanged)
      .map(({ name, original, result }) => unitOf(ROOT, original, result.text, `${name}/index.js`));
    expect(units.length).toBeGreaterThan(200);
    expect(linesOf(checkUnits(units, ROOT))).toEqual([]);
  });

  it("can't be told from a configuration that does not parse", () => {
    const folder = tempFolder({ "tsconfig.json": "{ compilerOptions: " });
    expect(() => checkUnits([unitOf(folder, v1, after)], folder)).toThrow(BadConfiguration);
    expect(() => checkUnits([unitOf(folder, v1, after)], folder)).toThrow(
      /^tsconfig\.json can't be read \(.+\); correct it/u,
    );
  });
});
