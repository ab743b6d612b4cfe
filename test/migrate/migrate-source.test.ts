import { describe, expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { missedByOutput } from "../../src/migrate/check-output.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Remark, SourceResult } from "../../src/migrate/result.ts";
import { isLegacyFunction } from "../../src/migrate/survey.ts";
import { steps } from "../../src/migrate/steps.ts";

function migrate(text: string, transforms?: readonly string[]): SourceResult {
  return migrateSource("index.js", text, { style: "faithful", ...(transforms !== undefined && { transforms }) });
}

/** Remarks as `line:column id`. */
function places(remarks: readonly Remark[]): string[] {
  return remarks.map(({ line, column, id }) => `${String(line)}:${String(column)} ${id}`);
}

const FUNCTION = `const { Toolbelt } = require("lp-faas-toolbelt");

function lambda(input, callback) {
  const secrets = Toolbelt.SecretClient();
  Promise.all([secrets.readSecret("a"), secrets.readSecret("b")])
    .then(([a, b]) => {
      const done = callback;
      if (a.value === b.value) return done("same");
      done(null, [a, b]);
    })
    .catch((error) => callback(error));
}
`;

describe("migrateSource", () => {
  it("runs all steps one after another and tells which of them did something", () => {
    const result = migrate(FUNCTION);
    expect(result.verdict).toBe("migrated");
    expect(result.transforms).toEqual([
      "expose-callback",
      "promise-chain-to-await",
      "callback-to-async",
      "require-to-import",
      "global-clients",
    ]);
    expect(result.text).toContain(`import { Toolbelt } from "core-functions-toolbelt";`);
    expect(result.text).toContain("async function lambda(input) {");
    expect(result.text).not.toContain("callback");
  });

  it("gives every remark the place in the text of the user, however many steps came before", () => {
    const { differences, reasons } = migrate(FUNCTION);
    // What stood inside the chain is told where the chain begins: the chain was replaced as a whole.
    expect(places(differences)).toEqual(["5:3 error-object", "5:3 secret-error-shape", "5:3 secrets-cached"]);
    expect(places(reasons)).toEqual([]);
  });

  it("is exact about places that no step replaced", () => {
    const text =
      "const crypto = require('crypto');\n\nfunction lambda(input, callback) {\n  crypto.b(nowhere);\n  callback('a');\n}\n";
    const result = migrate(text);
    expect(places(result.differences)).toEqual(["5:3 error-object"]);
    expect(places(result.reasons)).toEqual(["4:12 undeclared-name"]);
  });

  it.each([
    ["\uFEFF", "\n"],
    ["", "\r\n"],
    ["/* one */\n\n", "\n"],
  ])("counts lines and columns behind %j with line breaks %j", (head, newline) => {
    const text = (head + FUNCTION).replaceAll("\n", newline);
    const lines = head.split("\n").length - 1;
    const result = migrate(text);
    expect(places(result.differences)).toContain(`${String(5 + lines)}:3 secrets-cached`);
    expect(result.text.startsWith(head)).toBe(true);
    expect([...new Set(result.text.match(/\r?\n/gu))]).toEqual([newline]);
  });

  it("changes nothing in a second run", () => {
    const { text } = migrate(FUNCTION);
    expect(migrate(text)).toEqual({
      verdict: "unchanged",
      text,
      transforms: [],
      differences: [],
      reasons: [],
      followUps: [],
    });
  });

  it("keeps the user's own code inside the adapter when preparing did not help", () => {
    const result = migrate(`function lambda(input, callback) {
  const done = callback;
  setInterval(() => { input ? done(null, 1) : done(...input); }, 1);
}
`);
    expect(result.verdict).toBe("mechanical");
    expect(result.transforms).toEqual(["callback-to-async"]);
    expect(result.text).toContain(
      "  const done = callback;\n  setInterval(() => { input ? done(null, 1) : done(...input); }, 1);\n",
    );
    expect(places(result.reasons)).toEqual(["2:16 callback-contract-kept"]);
  });

  it("runs only the transforms that are asked for", () => {
    const result = migrate(FUNCTION, ["require-to-import"]);
    expect(result.verdict).toBe("migrated");
    expect(result.transforms).toEqual(["require-to-import"]);
    expect(result.text).toContain("function lambda(input, callback) {\n  const secrets = Toolbelt.SecretClient();\n");
    expect(migrate(FUNCTION, []).verdict).toBe("unchanged");
  });

  it("runs preparing transforms also when the one they prepare for is left out", () => {
    const result = migrate(FUNCTION, ["promise-chain-to-await", "expose-callback"]);
    expect(result.transforms).toEqual(["expose-callback", "promise-chain-to-await"]);
    expect(result.text).toContain("async function lambda(input, callback) {");
    expect(result.text).not.toContain("done");
  });

  it("takes request-promise for the client, and tells once that request itself is none", () => {
    const text = `const rp = require("request-promise");
async function lambda(input, callback) {
  callback(null, await rp("https://a.example.com/", { json: true }));
}
`;
    const result = migrate(text);
    expect(result.text).toContain("const response = await fetch(");
    expect(result.text).not.toContain("request-promise");
    const both = migrate(`const request = require("request");\n${text}request("https://a.example.com/");\n`);
    expect(places(both.reasons)).toEqual(["1:17 http-package"]);
  });

  it("refuses a file as a whole, with all reasons in the order of the text", () => {
    const text = `const axios = require("axios");
const { Toolbelt } = require("lp-faas-toolbelt");
function* lambda(input, callback) {
  count += 1;
  Toolbelt.SecretsClient();
}
module.exports = wrap(lambda);
`;
    const result = migrate(text);
    expect(result).toMatchObject({ verdict: "refused", text, transforms: [], differences: [], followUps: [] });
    expect(places(result.reasons)).toEqual([
      "1:15 http-package",
      "3:1 handler-shape",
      "4:3 sloppy-mode",
      "5:3 toolbelt-member",
      "7:1 commonjs-exports",
    ]);
  });

  it.each([
    [
      "module.exports = {\n  lambda: async (input, callback) => callback(null, 1),\n  other: () => 1,\n};\n",
      ["2:11 handler-shape"],
    ],
    [
      "const lambda = (module.exports = (input, callback) => callback(null, 1));\n",
      ["1:7 handler-shape", "1:17 commonjs-exports"],
    ],
  ])("refuses a handler that is exported in a way of its own: %s", (text, expected) => {
    expect(places(migrate(text).reasons)).toEqual(expected);
  });

  it.each([
    "module.exports = { other: { lambda: (first, second) => first + second } };\n",
    "const table = { lambda: (first, second) => first + second };\nmodule.exports = { table };\n",
  ])("takes no other object for a handler: %s", (text) => {
    expect(migrate(text)).toMatchObject({ verdict: "unchanged", reasons: [] });
  });

  it("tells no consequence besides its cause", () => {
    const text = `const { Toolbelt } = require("lp-faas-toolbelt");
const client = Toolbelt.HTTPClient();
async function lambda(input, callback) {
  callback(null, await client(input.url, input.options));
}
`;
    expect(places(migrate(text).reasons)).toEqual(["4:42 http-options"]);
    expect(places(migrate(text, ["require-to-import"]).reasons)).toEqual(["2:16 http-client-left"]);
  });

  it("tells once what two steps say of one place", () => {
    const text = "const a = require('crypto');\nfunction lambda(input, callback) { b += 1; callback(a); }\n";
    expect(places(migrate(text).reasons)).toEqual(["2:36 sloppy-mode"]);
  });

  it("says where a text is no JavaScript", () => {
    const text = "function lambda(input, callback) {\n  const a = ...;\n}\n";
    const result = migrate(text);
    expect(result).toMatchObject({ verdict: "refused", text });
    expect(places(result.reasons)).toEqual(["2:13 syntax-error"]);
    expect(result.reasons[0]?.message).toMatch(/^The file does not parse: `\.\.\.` stands where code is missing\./u);
  });

  it.each([
    "async function lambda(input) {\n  return input;\n}\n",
    "const other = (input, callback) => callback(null, input);\n",
    "const crypto = require('crypto');\n",
    "// lp-faas-toolbelt\n",
    "",
  ])("leaves %j alone", (text) => {
    expect(migrate(text)).toMatchObject({ verdict: "unchanged", text, reasons: [] });
  });

  it("tells of likely bugs that it keeps", () => {
    const result = migrate("function lambda(input, callback) {\n  log(input);\n  callback(null, 1);\n}\n");
    expect(result.verdict).toBe("migrated");
    expect(places(result.reasons)).toEqual(["2:3 undeclared-name"]);
    expect(places(migrate("function lambda(input, callback) {\n  log(input);\n}\n", []).reasons)).toEqual([
      "2:3 undeclared-name",
    ]);
  });
});

describe("white space", () => {
  it.each([
    ["blanks in front of each statement", " ".repeat(40_000)],
    ["tabs in front of each statement", "\t".repeat(40_000)],
    ["empty lines", "\n".repeat(40_000)],
    ["CRLF", "\r\n".repeat(20_000)],
  ])("costs nothing, however much there is: %s", (_, space) => {
    const body = ["const { id } = input.payload;", "if (!id) {", "callback(new Error('no id'));", "return;", "}"];
    const text = `function lambda(input, callback) {\n${[...body, "callback(null, id);"].map((line) => space + line).join("\n")}\n}\n`;
    const started = process.cpuUsage().user;
    const result = migrate(text);
    expect(result.verdict).toBe("migrated");
    expect(result.text.replaceAll(/\s+/gu, " ")).toContain("throw new Error('no id'); } return id;");
    // What backtracks takes minutes.
    expect(process.cpuUsage().user - started).toBeLessThan(20e6);
  });
});

describe("isLegacyFunction", () => {
  it.each([
    ["function lambda(input, callback) {}", true],
    ["function lambda(input, ...rest) {}", true],
    ["function lambda(input) { require('a'); }", true],
    ["function helper() { return require('lp-faas-toolbelt'); }", true],
    ["function lambda(input) {}", false],
    ["function helper() { return require('a'); }", false],
    ["async function lambda(input) { return import('lp-faas-toolbelt'); }", true],
    ["jest.mock('lp-faas-toolbelt');", true],
    ["async function lambda(input) { return input.payload.name === 'lp-faas-toolbelt'; }", false],
    ["// lp-faas-toolbelt", false],
    ["const text = 'use lp-faas-toolbelt';", false],
  ])("%s: %s", (text, expected) => {
    expect(isLegacyFunction(createModel(parseSource(text)))).toBe(expected);
  });
});

describe("missedByOutput", () => {
  const original = createModel(
    parseSource("const { a } = require('a'); function lambda(input, callback) { nowhere(a); }"),
  );

  it.each([
    ["import { a } from 'a'; async function lambda(input) { nowhere(a); }", undefined],
    [
      "async function lambda(input) { with (input) {} }",
      /^the result does not parse as a module \(SyntaxError: 'with' in strict mode/u,
    ],
    ["async function lambda(input) { nowhere(a); }", /^the result uses `a`, which nothing declares any more$/u],
    ["const { a } = require('a'); async function lambda(input) { a(); }", /^the result still calls `require`$/u],
    ["async function lambda(input, callback) { callback(); }", /^the handler takes more than the input$/u],
    ["async function lambda(input, ...more) { more; }", /^the handler takes more than the input$/u],
    ["const lambda = Object.freeze(async (input) => input);", /^the handler can't be seen any more$/u],
    ["async function run(input) {}", /^the handler can't be seen any more$/u],
    ["async function run(input) {} const lambda = run;", /^the handler is not declared as `lambda`$/u],
  ])("%s", (text, expected) => {
    const missed = missedByOutput(original, { model: createModel(parseSource(text)), keptOffset: () => undefined });
    if (expected === undefined) {
      expect(missed).toBeUndefined();
    } else {
      expect(missed).toMatch(expected);
    }
  });
});

describe("the steps", () => {
  it("have names of their own and a line for the list", () => {
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    for (const { id, description } of steps) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/u);
      expect(description).toMatch(/^[A-Z][^\n]*\.$/u);
    }
  });
});
