import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { migrateFiles } from "../../src/migrate/index.ts";
import { cli, contentOf, tempFolder } from "../cli/support.ts";

const v1 = "function lambda(input, callback) {\n  callback(null, input.payload);\n}\n";
const v2 = "async function lambda(input) {\n  return input.payload;\n}\n";
const refused = "function lambda(input, callback) {\n  with (input) callback(null, payload);\n}\n";
const settings = '{ "whitelist": ["a.example.com"], "secrets": [] }';
const manifest = '{ "dependencies": { "lp-faas-toolbelt": "*" } }';

function project(files: Readonly<Record<string, string>>): string {
  return tempFolder({ "package.json": manifest, "functions/settings.json": settings, ...files });
}

async function changedIn(cwd: string, ...paths: readonly string[]): Promise<string[]> {
  const { files } = await migrateFiles(paths, { allowDirty: true, cwd });
  return files.filter(({ verdict }) => verdict === "migrated").map(({ path }) => path);
}

describe("settings.json and package.json", () => {
  it("change with the last function", async () => {
    const cwd = project({ "functions/a/index.js": v1, "functions/b/index.js": v1 });
    expect(await changedIn(cwd, "functions/a")).toEqual(["functions/a/index.js"]);
    expect(await changedIn(cwd, "functions/b/index.js")).toEqual([
      "functions/b/index.js",
      "functions/settings.json",
      "package.json",
    ]);
    expect(contentOf(cwd, "package.json")).toBe('{ "dependencies": {} }');
    expect(await changedIn(cwd, ".")).toEqual([]);
  });

  it("are those of the function itself, where it is a package of its own", async () => {
    const cwd = tempFolder({
      "shop/index.js": v1,
      "shop/package.json": manifest,
      "clone/index.js": v1,
      "clone/try.js": 'require("../shop");\n',
      "package.json": manifest,
    });
    const { files } = await migrateFiles(["shop"], { allowDirty: true, cwd });
    expect(files.map(({ path, verdict }) => `${path} ${verdict}`)).toEqual([
      "shop/index.js migrated",
      "shop/package.json migrated",
    ]);
  });

  it("change when the last function was rewritten by hand", async () => {
    const cwd = project({ "functions/a/index.js": v2 });
    expect(await changedIn(cwd, "functions")).toEqual(["functions/settings.json", "package.json"]);
  });

  it.each([
    ["a refused function", { "functions/b/index.js": refused }],
    ["a part of a function", { "functions/lib/http.js": 'exports.belt = require("lp-faas-toolbelt");\n' }],
    ["a function that does not parse", { "functions/b/index.js": `${v1}...` }],
    [
      "a function that a config.json holds back",
      {
        "functions/b/index.js": v1,
        "functions/b/config.json": '{ "environmentVariables": ["A"] }',
      },
    ],
  ])(
    "wait for %s",
    async (_, files: Readonly<Record<string, string>>) => {
      const cwd = project({ "functions/a/index.js": v1, ...files });
      expect(await changedIn(cwd, "functions/a", "functions/b")).toEqual(["functions/a/index.js"]);
    },
    30_000,
  );

  it("wait while something in the project cannot be seen or written", async () => {
    const cwd = project({ "functions/a/index.js": v1 });
    chmodSync(join(cwd, "functions/a/index.js"), 0o444);
    const { files, errors } = await migrateFiles(["functions"], { allowDirty: true, cwd });
    expect(files).toEqual([]);
    expect(errors.map(({ path }) => path)).toEqual(["functions/a/index.js"]);
    expect(contentOf(cwd, "functions/settings.json")).toBe(settings);
  });

  it("wait when function-config is not selected", async () => {
    const cwd = project({ "functions/a/index.js": v1 });
    const { files } = await migrateFiles(["functions"], { allowDirty: true, cwd, transforms: ["callback-to-async"] });
    expect(files.map(({ path }) => path)).toEqual(["functions/a/index.js"]);
  });

  it("are none of our business without functions, or outside of the project", async () => {
    const cwd = tempFolder({ "settings.json": settings, "src/orders.js": v1, "package.json": manifest });
    expect(await changedIn(cwd, ".")).toEqual(["src/orders.js"]);
    const outer = project({ "inner/functions/a/index.js": v1 });
    expect(await changedIn(join(outer, "inner"), "functions")).toEqual(["functions/a/index.js"]);
  });

  it("are not looked for above the working directory, nor is anything else", async () => {
    const cwd = project({ "functions/a/index.js": v1, "functions/a.test.js": 'require("./a");\n' });
    const { files } = await migrateFiles(["index.js"], { allowDirty: true, cwd: join(cwd, "functions/a") });
    expect(files.map(({ path }) => path)).toEqual(["index.js"]);
  });

  it("of the nearest package are meant, up to the root of the repository", async () => {
    const cwd = project({ "functions/a/index.js": v1 });
    mkdirSync(join(cwd, ".git"));
    expect(await changedIn(join(cwd, "functions"), "a")).toEqual(["../package.json", "a/index.js", "settings.json"]);
  });

  it("are shown by --diff and left by --dry-run", async () => {
    const cwd = project({ "functions/a/index.js": v2 });
    const { stdout } = await cli(cwd, ["--dry-run", "--diff", "functions"]);
    expect(stdout).toContain("--- a/package.json\n+++ b/package.json\n");
    expect(contentOf(cwd, "package.json")).toBe(manifest);
  });
});

describe("files that load a migrated function", () => {
  const loaders = {
    "test/a.test.js": 'const lambda = require("../functions/a/index.js");\n',
    "test/b.test.ts": 'import { lambda } from "../functions/a";\n',
    "scripts/run.mjs": '\nconst module = await import("../functions/a/index");\n',
    "functions/a/index.spec.js": 'jest.mock("./index");\n',
    "test/other.test.js": 'require("../functions/b"); require("./a");\n',
    "node_modules/x/index.js": 'require("../../functions/a");\n',
    "test/mentions.test.js":
      '// require("../functions/a")\nconst text = `require("../functions/a")`;\nload.from("../functions/a");\n',
    "test/view.test.jsx": 'import lambda from "../functions/a";\nconst view = <b>{lambda}</b>;\n',
  };

  it("are follow-ups with their places", async () => {
    const cwd = project({ "functions/a/index.js": v1, "functions/b/index.js": v2, ...loaders });
    const { files } = await migrateFiles(["functions"], { allowDirty: true, cwd });
    const told = files.filter(({ verdict, followUps }) => verdict === "unchanged" && followUps.length > 0);
    expect(told.map(({ path, followUps }) => [path, followUps.map(({ id, line }) => `${String(line)} ${id}`)])).toEqual(
      [
        ["functions/a/index.spec.js", ["1 function-loaded"]],
        ["scripts/run.mjs", ["2 function-loaded"]],
        ["test/a.test.js", ["1 function-loaded"]],
        ["test/b.test.ts", ["1 function-loaded"]],
        ["test/view.test.jsx", ["1 function-loaded"]],
      ],
    );
  });

  it("are told together with what was found in them", async () => {
    const cwd = project({ "functions/a/index.js": v1, "test/a.test.js": `${loaders["test/a.test.js"]}${refused}` });
    const { files } = await migrateFiles(["functions", "test/a.test.js"], { allowDirty: true, cwd });
    expect(files.find(({ path }) => path === "test/a.test.js")).toMatchObject({
      verdict: "refused",
      reasons: [{ id: "syntax-error" }],
      followUps: [{ id: "function-loaded" }],
    });
  });

  it("are told once, in the run that changes the function", async () => {
    const cwd = project({ "functions/a/index.js": v1, ...loaders });
    await migrateFiles(["functions"], { allowDirty: true, cwd });
    const { files } = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(files).toMatchObject([{ path: "functions/a/index.js", verdict: "unchanged", followUps: [] }]);
    expect(files).toHaveLength(1);
  });

  it("name the old toolbelt", async () => {
    const cwd = project({ "functions/a/index.js": v1, "test/a.js": '\njest.mock("lp-faas-toolbelt");\n' });
    writeFileSync(join(cwd, "README.md"), '"lp-faas-toolbelt"');
    const { files } = await migrateFiles(["functions"], { allowDirty: true, cwd });
    expect(files[1]).toMatchObject({ path: "functions/settings.json" });
    expect(files[2]).toMatchObject({ path: "test/a.js", followUps: [{ id: "legacy-toolbelt-named", line: 2 }] });
    expect(contentOf(cwd, "package.json")).toBe(manifest);
  });
});

describe("pages and snippets", () => {
  it("are told where they still show V1 code alone", async () => {
    const shown = "# Ours\n\n```js\nconst { Toolbelt } = require('lp-faas-toolbelt');\n```\n";
    const snippet = '{ "lambda": { "body": ["const tools = require(\\"lp-faas-toolbelt\\");"] } }\n';
    const cwd = project({
      "functions/a/index.js": v1,
      "functions/a/README.md": "```js\nfunction lambda(input, callback) {}\n```\n",
      "docs/guide.md": `${shown}Now:\n\n    import { Toolbelt } from "core-functions-toolbelt";\n`,
      "docs/prose.md": "We no longer use lp-faas-toolbelt.\n",
      ".vscode/ours.code-snippets": snippet,
      ".vscode/settings.json": snippet,
      "README.md": shown,
    });
    const { files } = await migrateFiles(["functions"], { allowDirty: true, cwd });
    const found = files.flatMap(({ path, followUps }) =>
      followUps.filter(({ id }) => id === "legacy-code-shown").map(({ line }) => `${path}:${String(line)}`),
    );
    expect(found).toEqual([".vscode/ours.code-snippets:1", "README.md:4", "functions/a/README.md:2"]);
    expect(contentOf(cwd, "README.md")).toBe(shown);
    const again = await migrateFiles(["functions"], { allowDirty: true, cwd });
    expect(again.files.flatMap(({ followUps }) => followUps)).toEqual([]);
  });
});

describe("unit tests", () => {
  it("are not taken for functions, unless they are named", async () => {
    const text = 'jest.mock("lp-faas-toolbelt");\n';
    const cwd = tempFolder({ "a.test.js": text, "a.spec.mjs": text, "__tests__/a.js": text, "__mocks__/a.js": text });
    expect((await migrateFiles(["."], { allowDirty: true, cwd })).files).toEqual([]);
    expect((await migrateFiles(["a.test.js"], { allowDirty: true, cwd })).files).toHaveLength(1);
  });
});
