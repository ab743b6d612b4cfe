import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import { readConfiguration } from "../../src/cli/configuration/configuration.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { cli, contentOf, repository, tempFolder, v1Function, v2Function } from "./support.ts";

function config(value: unknown): Readonly<Record<string, string>> {
  return { "faas-migrate.config.json": JSON.stringify(value) };
}

/** A function that reads differently in the two styles. */
const styled = `async function lambda(input, callback) {
  const { Toolbelt } = require("lp-faas-toolbelt");
  const httpClient = Toolbelt.HTTPClient();
  callback(null, await httpClient("https://example.com/", { simple: false, json: true }));
}
`;

const faithful = migrateSource("a.js", styled, { style: "faithful" }).text;
const idiomatic = migrateSource("a.js", styled, { style: "idiomatic" }).text;

describe("the configuration", () => {
  it("gives the style, other styles to some files, and loses against the command line", async () => {
    expect(faithful).not.toBe(idiomatic);
    const files = { "north/a.js": styled, "south/a.js": styled };
    const settings = { style: "idiomatic", overrides: [{ files: ["/south/"], style: "faithful" }] };
    const folder = tempFolder({ ...files, ...config(settings) });
    const { code, stdout } = await cli(folder, ["--json", "."], { migrateSource });
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { style: string; files: { path: string; style?: string }[] };
    expect(result.style).toBe("idiomatic");
    expect(result.files.map(({ path, style }) => [path, style])).toEqual([
      ["north/a.js", undefined],
      ["south/a.js", "faithful"],
    ]);
    expect(contentOf(folder, "north/a.js")).toBe(idiomatic);
    expect(contentOf(folder, "south/a.js")).toBe(faithful);

    const other = tempFolder({ ...files, ...config({ ...settings, style: "faithful" }) });
    await cli(other, ["--style", "idiomatic", "."], { migrateSource });
    expect(contentOf(other, "north/a.js")).toBe(idiomatic);
    expect(contentOf(other, "south/a.js")).toBe(idiomatic);
  });

  it("gives packages and accounts to the migration", async () => {
    const seen: unknown[] = [];
    const folder = tempFolder({
      "a.js": v1Function,
      "b/a.js": v1Function,
      ...config({ packages: ["es-toolkit"], ownAccount: ["1"], overrides: [{ files: ["b"], ownAccount: ["2", "3"] }] }),
    });
    await cli(folder, ["."], {
      migrateSource: (path, text, options) => {
        seen.push(options);
        return migrateSource(path, text, options);
      },
    });
    expect(seen).toEqual([
      { style: "faithful", packages: ["es-toolkit"], ownAccounts: ["1"] },
      { style: "faithful", packages: ["es-toolkit"], ownAccounts: ["2", "3"] },
    ]);
  });

  it("says which overrides name a path that is not there, and goes on", async () => {
    const files = ["brands/west/", "/functions/b.js", "functions/a.js", "brands/*/x", "north/", "!functions/c.js"];
    const overrides = [{ files: ["functions/"] }, { files, style: "idiomatic" }];
    const folder = tempFolder({ "functions/a.js": v1Function, ...config({ overrides }) });
    const { code, stderr } = await cli(folder, ["functions"]);
    const start = 'faas-migrate: faas-migrate.config.json: "overrides[1].files" names';
    expect(stderr).toBe(
      `${start} brands/west/, which does not exist\n${start} /functions/b.js, which does not exist\n`,
    );
    expect(code).toBe(0);
  });

  it("leaves out what it ignores, also what is named", async () => {
    const folder = tempFolder({
      "functions/a/index.js": v1Function,
      "functions/old/index.js": v1Function,
      "functions/sub/b.js": v1Function,
      ...config({ ignore: ["functions/old/", "b.js"] }),
    });
    const paths = ["functions", "functions/old", "functions/old/index.js", "functions/**/*.js"];
    const { code, stderr, stdout } = await cli(join(folder, "functions"), ["--json", ...paths.map(up)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { migrated: 1 }, files: [{ path: "a/index.js" }] });
    expect(stderr).toBe(
      'faas-migrate: old is left out: the key "ignore" of ../faas-migrate.config.json names it\n' +
        'faas-migrate: old/index.js is left out: the key "ignore" of ../faas-migrate.config.json names it\n',
    );
    expect(contentOf(folder, "functions/old/index.js")).toBe(v1Function);
    expect(contentOf(folder, "functions/sub/b.js")).toBe(v1Function);
    expect(contentOf(folder, "functions/a/index.js")).toBe(v2Function);
  });

  it("leaves out what it ignores also where its config.json or a link leads to it", async () => {
    const folder = tempFolder({
      "functions/a/index.js": v1Function,
      "functions/old/index.js": v1Function,
      "functions/old/config.json": "{}",
      "functions/settled/index.ts": v1Function,
      "functions/settled/config.json": "{}",
      "settings.json": "{}",
      ...config({ ignore: ["functions/old/index.js", "functions/settled/config.json"] }),
    });
    symlinkSync("old", join(folder, "functions/link"));
    mkdirSync(join(folder, "functions/b"));
    symlinkSync("../old/index.js", join(folder, "functions/b/index.js"));
    const ways = [
      ["functions/old/config.json"],
      ["functions/link/index.js"],
      ["functions/b/index.js", "functions/old"],
      ["functions/*/index.{js,ts}"],
      ["functions/settled/index.ts"],
      ["functions/settled/config.json"],
      ["."],
    ];
    await cli(folder, ["functions/link"]);
    for (const paths of ways) {
      const { stderr, code } = await cli(folder, paths);
      expect(stderr, String(paths)).toContain('is left out: the key "ignore" of faas-migrate.config.json names it');
      expect(code).toBe(0);
    }
    for (const path of ["old/index.js", "settled/index.ts"]) {
      expect(contentOf(folder, `functions/${path}`)).toBe(v1Function);
    }
    expect(contentOf(folder, "functions/a/index.js")).toBe(v2Function);
  });

  it("tells of many files that it ignores in a few lines", async () => {
    const names = ["a", "b", "c", "d", "e"].map((name) => `${name}.js`);
    const folder = tempFolder({
      ...Object.fromEntries(names.map((name) => [name, v1Function])),
      ...config({ ignore: ["*.js"] }),
    });
    const lines = (await cli(folder, names)).stderr.trim().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe(
      'faas-migrate: 2 more are left out: the key "ignore" of faas-migrate.config.json names them',
    );
  });

  it("tells case apart in patterns where git does", async () => {
    const files = { "Old/a.js": v1Function, "new/a.js": v1Function };
    const folder = tempFolder({ ...files, ...config({ ignore: ["old/", "New/a.js"] }) });
    await cli(folder, ["."]);
    const expected = ["darwin", "win32"].includes(process.platform) ? v1Function : v2Function;
    expect(contentOf(folder, "Old/a.js")).toBe(expected);
    expect(contentOf(folder, "new/a.js")).toBe(expected);
  });

  function up(path: string): string {
    return relative("functions", path) || ".";
  }

  it.each([
    ["faas-migrate.config.json", '\uFEFF{ // why\n "ignore": ["a.js"], }'],
    ["faas-migrate.config.mjs", 'export default { ignore: ["a.js"] };'],
    ["faas-migrate.config.js", 'module.exports = { ignore: ["a.js"] };'],
    ["package.json", '{ "faas-migrate": { "ignore": ["a.js"] } }'],
  ])("can be %s", async (name, text) => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v1Function, [name]: text });
    await cli(folder, ["."]);
    expect(contentOf(folder, "a.js")).toBe(v1Function);
    expect(contentOf(folder, "b.js")).toBe(v2Function);
  });

  it("is looked for upwards, not beyond the repository, and a package.json without the key does not end the search", async () => {
    const folder = tempFolder({
      "repo/faas-migrate.config.json": '{ "style": "idiomatic" }',
      "repo/app/package.json": '{ "devDependencies": { "faas-migrate": "1" } }',
      "repo/other/.git/HEAD": "",
    });
    mkdirSync(join(folder, "repo/app/functions"));
    const found = await readConfiguration(join(folder, "repo/app/functions"));
    expect(found).toMatchObject({ file: "../../faas-migrate.config.json", style: "idiomatic" });
    expect((await readConfiguration(join(folder, "repo/other"))).file).toBeUndefined();
  });

  it("is read by explain and verify", async () => {
    const folder = tempFolder({ "a.js": styled, ...config({ ignore: ["a.js"], style: "modern" }) });
    for (const argv of [
      ["explain", "a.js:1"],
      ["verify", "a.js", "a.js"],
    ]) {
      expect((await cli(folder, argv)).stderr).toContain('"style" must be');
    }
  });
});

const wrong: readonly (readonly [value: unknown, sentence: string])[] = [
  [[], "it must be an object, not []"],
  [
    { stlye: "faithful" },
    '"stlye" is not a key; the keys are style, packages, ownAccount, bundleLocal, ignore, overrides, accepted',
  ],
  [{ style: "modern" }, '"style" must be "faithful" or "idiomatic", not "modern"'],
  [{ packages: "es-toolkit" }, '"packages" must be a list of "es-toolkit", not "es-toolkit"'],
  [
    { ownAccount: [12345678] },
    '"ownAccount" must be a list of accounts as texts, such as ["12345678"], not [ 12345678 ]',
  ],
  [{ ignore: "x" }, '"ignore" must be a list of patterns as in .gitignore, such as ["functions/old/"], not "x"'],
  [
    { overrides: [1] },
    '"overrides" must be a list such as [{ "files": ["brands/north/"], "style": "idiomatic" }], not [ 1 ]',
  ],
  [
    { overrides: [{ style: "faithful" }] },
    '"overrides[0].files" is missing; it must be a list of patterns as in .gitignore, such as ["functions/old/"]',
  ],
  [
    { overrides: [{ files: ["a"], ignore: [] }] },
    '"overrides[0].ignore" is not a key; the keys are files, style, packages, ownAccount, bundleLocal',
  ],
];

describe("a configuration that is wrong", () => {
  it.each(wrong)("%j is one sentence, and nothing is written", async (value, sentence) => {
    const folder = tempFolder({ "a.js": v1Function, ...config(value) });
    const { code, stdout, stderr } = await cli(folder, ["."]);
    expect(stderr).toBe(`faas-migrate: faas-migrate.config.json: ${sentence}\n`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it.each([
    [
      { "faas-migrate.config.json": "{\n  oops }" },
      "faas-migrate.config.json: it is not valid JSON at 2:3 (invalid symbol)",
    ],
    [
      { "faas-migrate.config.mjs": "throw new Error('no\\nluck')" },
      "faas-migrate.config.mjs: it cannot be loaded: no luck",
    ],
    [
      { "faas-migrate.config.mjs": "export const a = 1;" },
      "faas-migrate.config.mjs: it must be an object, not undefined",
    ],
    [
      { "package.json": '{ "faas-migrate": { "stile": 1 } }' },
      'package.json, key "faas-migrate": "stile" is not a key; the keys are style, packages, ownAccount, bundleLocal, ignore, overrides, accepted',
    ],
    [
      { "package.json": '{ "faas-migrate": {} }', "faas-migrate.config.mjs": "export default {};" },
      "faas-migrate.config.mjs: package.json beside it holds a configuration too; keep one of them",
    ],
    [
      { "faas-migrate.config.json": '{ "\u001B[31m": 1 }' },
      "faas-migrate.config.json: it is not valid JSON at 1:3 (invalid character)",
    ],
  ])("says so for %j", async (files, sentence) => {
    const folder = tempFolder(files);
    const { code, stderr } = await cli(folder, ["."]);
    expect(stderr).toBe(`faas-migrate: ${sentence}\n`);
    expect(code).toBe(2);
  });

  it("is wrong for editors as well, and what is right is right for both", async () => {
    const schema = JSON.parse(readFileSync(join(repository, "schemas/configuration.schema.json"), "utf8")) as object;
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    for (const [value] of wrong) expect(validate(value), JSON.stringify(value)).toBe(false);
    const page = readFileSync(join(repository, "docs/configuration.md"), "utf8");
    const [, example = ""] = /^```json\n(?<code>.*?)^```$/msu.exec(page) ?? [];
    for (const value of [{}, JSON.parse(example) as unknown]) {
      expect(validate(value)).toBe(true);
      const folder = tempFolder(config(value));
      expect((await readConfiguration(folder)).file).toBe("faas-migrate.config.json");
    }
  });
});
