import { describe, expect, it } from "vitest";

import { migrateFunctionConfig } from "../../src/migrate/config-function.ts";

/** A config.json whose variables are written as given, between other keys. */
function config(variables: string): string {
  return `{\n  "name": "orders",\n  "environmentVariables": ${variables},\n  "event": "No Event"\n}\n`;
}

function ids(text: string): string[] {
  const { reasons } = migrateFunctionConfig(text);
  return reasons.map(({ id, line, column }) => `${String(line)}:${String(column)} ${id}`);
}

describe("migrateFunctionConfig", () => {
  it.each([
    [
      "a list over several lines",
      '[\n    {\n      "key": "SHOP",\n      "value": "books"\n    },\n    {\n      "key": "LIMIT",\n      "value": "10"\n    }\n  ]',
      '{\n    "SHOP": "books",\n    "LIMIT": "10"\n  }',
    ],
    [
      "an entry a line",
      '[\n    { "key": "SHOP", "value": "books" },\n    { "value": "10", "key": "LIMIT" }\n  ]',
      '{\n    "SHOP": "books",\n    "LIMIT": "10"\n  }',
    ],
    [
      "entries that open behind the bracket",
      '[{\n      "key": "SHOP",\n      "value": "books"\n  }, {\n      "key": "LIMIT",\n      "value": "10"\n  }]',
      '{\n      "SHOP": "books",\n      "LIMIT": "10"\n  }',
    ],
    ["one line", '[{ "key": "A", "value": "1" }, { "key": "B", "value": "2" }]', '{"A": "1", "B": "2"}'],
    ["no spaces", '[{"key":"A","value":"1"},{"key":"B","value":"2"}]', '{"A":"1","B":"2"}'],
    ["spaces inside", '[ {"key":"A","value":"1"} ]', '{ "A":"1" }'],
    ["no variable", "[]", "{}"],
    ["the template's empty entry", '[\n    { "key": "", "value": "" }\n  ]', "{}"],
    ["an empty entry among others", '[{"key":"","value":""},{"key":"A","value":""}]', '{"A":""}'],
    ["the same variable twice", '[{"key":"A","value":"1"},{"key":"A","value":"1"}]', '{"A":"1"}'],
    ["escapes", '[{"key":"\\u0041","value":"\\"\\u00e9\\n"}]', '{"\\u0041":"\\"\\u00e9\\n"}'],
    ["names of the language", '[{"key":"__proto__","value":"1"}]', '{"__proto__":"1"}'],
  ])("converts %s", (_, list, object) => {
    const result = migrateFunctionConfig(config(list));
    expect(result).toMatchObject({ verdict: "migrated", text: config(object), transforms: ["function-config"] });
    expect(result.reasons).toEqual([]);
    expect(migrateFunctionConfig(result.text)).toMatchObject({ verdict: "unchanged", text: result.text });
  });

  it("keeps line endings, byte order mark, tabs, other keys and the end of the file", () => {
    const before =
      '\uFEFF{\r\n\t"x": [1,2 , 3],\r\n\t"environmentVariables" : [\r\n\t\t{"key" :"A","value" :"1"}\r\n\t] }';
    const after = '\uFEFF{\r\n\t"x": [1,2 , 3],\r\n\t"environmentVariables" : {\r\n\t\t"A" :"1"\r\n\t} }';
    expect(migrateFunctionConfig(before).text).toBe(after);
  });

  it("refuses what is no object", () => {
    const text = '["environmentVariables"]';
    expect(migrateFunctionConfig(text)).toMatchObject({ verdict: "refused", text, reasons: [{ id: "config-shape" }] });
  });

  it.each([
    ["V2's object", config('{ "A": "1" }')],
    ["no variables", '{ "name": "orders" }'],
    ["null", config("null")],
  ])("leaves %s alone", (_, text) => {
    expect(migrateFunctionConfig(text)).toMatchObject({ verdict: "unchanged", text, reasons: [] });
  });

  it.each([
    ["a text", config('"A=1"'), ["3:27 config-shape"]],
    ["entries of another form", config('[{ "A": "1" }, "B", { "key": "C" }]'), 3],
    ["a third key", config('[{ "key": "A", "value": "1", "secret": true }]'), ["3:28 config-shape"]],
    ["a number", config('[{ "key": "A", "value": 1 }]'), ["3:51 config-shape"]],
    ["null as name", config('[{ "key": null, "value": "1" }]'), ["3:37 config-shape"]],
    [
      "a variable with two values",
      config('[{ "key": "A", "value": "1" }, { "key": "A", "value": "2" }]'),
      ["3:58 variable-twice"],
    ],
    ["two lists", '{ "environmentVariables": [], "environmentVariables": [] }', ["1:31 config-shape"]],
    ["a comment", '{ // dev\n  "environmentVariables": [] }', ["1:3 config-syntax"]],
    ["a last comma", '{ "environmentVariables": [], }', ["1:31 config-syntax"]],
    ["nothing", "", ["1:1 config-syntax"]],
  ])("refuses %s", (_, text, expected) => {
    const result = migrateFunctionConfig(text);
    expect(result).toMatchObject({ verdict: "refused", text, transforms: [], followUps: [] });
    if (typeof expected === "number") expect(result.reasons).toHaveLength(expected);
    else expect(ids(text)).toEqual(expected);
  });

  it("says that a variable without name is left out", () => {
    const text = config('[{ "key": "", "value": "x" }, { "key": "A", "value": "1" }]');
    expect(migrateFunctionConfig(text).text).toBe(config('{"A": "1"}'));
    expect(ids(text)).toEqual(["3:28 variable-without-name"]);
  });

  it("reports what looks like a secret, and does not print it", () => {
    const secret = ["sk_", "live_", "51H8xYzAbCdEfGhIjKlMnOp"].join("");
    const result = migrateFunctionConfig(config(`[{ "key": "PAYMENT", "value": "${secret}" }]`));
    expect(result.followUps).toMatchObject([{ id: "secret-in-environment", line: 3, column: 57 }]);
    expect(result.followUps[0]?.message).toContain("`PAYMENT` looks like a Stripe key (`sk_l… (31 chars)`)");
    expect(JSON.stringify(result.followUps)).not.toContain(secret.slice(0, 6));
  });
});
