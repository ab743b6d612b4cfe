import { describe, expect, it } from "vitest";

import { migrateManifest } from "../../src/migrate/config-manifest.ts";
import { migrateSettings } from "../../src/migrate/config-settings.ts";
import { packageMoves } from "../../src/platform/package-moves.ts";
import { packageForm } from "../../src/platform/packages.ts";

/** A project whose files name these packages. */
function use(named: readonly string[], byMigratedOnly: readonly string[] = []) {
  return {
    isNamed: (name: string) => named.includes(name),
    isNamedByMigratedOnly: (name: string) => byMigratedOnly.includes(name),
  };
}

function manifest(...entries: readonly string[]): string {
  return `{\n  "name": "shop",\n  "dependencies": {\n    ${entries.join(",\n    ")}\n  },\n  "devDependencies": { "jsforce": "1" }\n}\n`;
}

const jsforce3 = "@jsforce/jsforce-node";

describe("migrateManifest", () => {
  it.each([
    ["the toolbelt", ['"lp-faas-toolbelt": "*"', '"a": "1"'], [], ['"a": "1"']],
    ["the toolbelt at the end", ['"a": "1"', '"lp-faas-toolbelt": "*"'], [], ['"a": "1"']],
    ["the toolbelt in the middle", ['"a": "1"', '"lp-faas-toolbelt": "*"', '"b": "2"'], [], ['"a": "1"', '"b": "2"']],
    [
      "jsforce",
      ['"a": "1"', '"jsforce": "^1.11.0"', '"z": "1"'],
      [jsforce3],
      ['"a": "1"', `"${jsforce3}": "^3.9.1"`, '"z": "1"'],
    ],
    [
      "jsforce beside its successor",
      [`"${jsforce3}": "3.0.0"`, '"jsforce": "^1"'],
      [jsforce3],
      [`"${jsforce3}": "3.0.0"`],
    ],
    [
      "jsforce that a script needs too",
      ['"jsforce": "^1"'],
      ["jsforce", jsforce3],
      [`"${jsforce3}": "^3.9.1"`, '"jsforce": "^1"'],
    ],
    ["lodash", ['"lodash": "^4.17.21"'], ["es-toolkit"], ['"es-toolkit": "^1.39.0"']],
  ])("moves %s", (_, before, named, after) => {
    const result = migrateManifest(manifest(...before), use(named));
    expect(result).toMatchObject({
      verdict: "migrated",
      text: manifest(...after),
      followUps: [{ id: "lock-file", line: 3 }],
    });
  });

  it("raises luxon when migrated functions alone use it", () => {
    const text = manifest('"luxon": "^1.28.1"');
    expect(migrateManifest(text, use(["luxon"], ["luxon"])).text).toBe(manifest('"luxon": "^3.7.2"'));
    expect(migrateManifest(text, use(["luxon"])).verdict).toBe("unchanged");
    for (const range of ["^3.0.0", "^4", "file:luxon", "latest", ">=1 <4"]) {
      expect(migrateManifest(manifest(`"luxon": "${range}"`), use(["luxon"], ["luxon"])).verdict).toBe("unchanged");
    }
  });

  it.each([
    ["a toolbelt that a test still names", manifest('"lp-faas-toolbelt": "*"'), ["lp-faas-toolbelt"]],
    ["packages that nothing names", manifest('"jsforce": "^1"', '"lodash": "^4"'), []],
    ["packages that stay", manifest('"lodash": "^4"', '"oauth-1.0a": "^2"'), ["lodash", "oauth-1.0a"]],
    ["a manifest without dependencies", '{ "devDependencies": { "lp-faas-toolbelt": "*" } }', []],
    ["an odd manifest", '{ "dependencies": ["lp-faas-toolbelt"] }', []],
    ["two lists", '{ "dependencies": {}, "dependencies": { "lp-faas-toolbelt": "*" } }', []],
    ["what is no JSON", "{ // none\n}", []],
  ])("leaves %s alone", (_, text, named) => {
    expect(migrateManifest(text, use(named))).toMatchObject({ verdict: "unchanged", text, followUps: [] });
  });

  it("agrees with the table of packages", () => {
    for (const { legacy, modern } of packageMoves) {
      const imported = packageForm(legacy)?.modern;
      if (modern !== undefined && legacy !== "lodash" && imported !== undefined) expect(imported).toBe(modern.name);
    }
  });
});

describe("migrateSettings", () => {
  it.each([
    ["first", '{ "whitelist": ["a.example.com"], "secrets": [] }', '{ "secrets": [] }'],
    ["last", '{\r\n\t"secrets": [],\r\n\t"whitelist": []\r\n}\r\n', '{\r\n\t"secrets": []\r\n}\r\n'],
    ["alone", '{ "whitelist": [] }', "{}"],
  ])("drops the list when it stands %s", (_, before, after) => {
    expect(migrateSettings(before)).toMatchObject({ verdict: "migrated", text: after });
  });

  it("tells which domains it held", () => {
    const { differences, followUps } = migrateSettings('{ "whitelist": ["a.example.com", "b.example.com"] }');
    expect(differences[0]?.message).toContain("it held `a.example.com`, `b.example.com`.");
    expect(followUps.map(({ id }) => id)).toEqual(["allowed-domains"]);
    expect(migrateSettings('{ "whitelist": [] }').followUps).toEqual([]);
  });

  it.each(['{ "secrets": [] }', '{ "whitelist": "none" }', "[]", "{", '{ "whitelist": [], "whitelist": [] }'])(
    "leaves %s alone",
    (text) => {
      expect(migrateSettings(text)).toMatchObject({ verdict: "unchanged", text });
    },
  );
});
