import { describe, expect, it } from "vitest";

import { migrateFiles } from "../../src/migrate/index.ts";
import type { MigrateOptions } from "../../src/migrate/migrate-source.ts";
import { runMigration } from "../../src/migrate/run.ts";
import { contentOf, fakeMigrate, sourceResult, tempFolder, v1Function, v2Function } from "../cli/support.ts";

describe("migrateFiles", () => {
  it("answers with a result and leaves a V2 function alone", async () => {
    const text = "async function lambda(input) {\n  return input.payload;\n}\n";
    const folder = tempFolder({ "a.js": text });
    const result = await migrateFiles(["a.js", "b.js"], { allowDirty: true, cwd: folder });
    expect(result).toMatchObject({
      style: "faithful",
      dryRun: true,
      files: [{ path: "a.js" }],
      errors: [{ path: "b.js", message: "does not exist; check the path" }],
    });
    expect(result.summary[result.files[0]?.verdict ?? "failed"]).toBe(1);
    expect(contentOf(folder, "a.js")).toBe(text);
  });

  it("tells of V1 functions in every shape, and of no other file", async () => {
    const folder = tempFolder({
      "alias.js": "var lambda = run;\nfunction run(input, callback) {\n  callback(null, 1);\n}\n",
      "arguments.js": "function lambda() {\n  arguments[1](null, 1);\n}\n",
      "assigned.js": "let lambda;\nlambda = (input, callback) => callback(null, 1);\n",
      "nameless.js": "module.exports = function (input, callback) {\n  callback(null, input.payload);\n};\n",
      "wrapped.js": "const lambda = Object.freeze((input, callback) => callback(null, 1));\n",
      "bundle.js": `module.exports = () => {};\n// ${"lambda ".repeat(20_000)}`,
      "helper.js": "module.exports = (path, done) => done(null, path);\n// for the lambda\n",
      "jsx.js": "module.exports = () => <p>lambda</p>;\n",
      "modern.js": "const lambda = log(async (input) => input);\n",
      "runner.js": 'const { lambda } = require("./alias.js");\nlambda({}, console.info);\n',
    });
    const { files } = await migrateFiles(["."], { allowDirty: true, cwd: folder, dryRun: true });
    expect(files.map(({ path, verdict, reasons }) => [path, verdict, ...reasons.map(({ id }) => id)])).toEqual([
      ["alias.js", "migrated"],
      ["arguments.js", "refused", "handler-shape"],
      ["assigned.js", "refused", "handler-shape"],
      ["nameless.js", "refused", "handler-shape"],
      ["runner.js", "unchanged"],
      ["wrapped.js", "refused", "handler-shape"],
    ]);
  });

  it("refuses options that cannot be meant", async () => {
    await expect(migrateFiles([], { transforms: ["magic"] })).rejects.toThrow(
      /^unknown transform "magic"; known are /u,
    );
    await expect(migrateFiles([], { concurrency: 0 })).rejects.toThrow("concurrency must be a whole number above 0");
    await expect(migrateFiles([], { concurrency: 1.5 })).rejects.toThrow(RangeError);
  });
});

describe("runMigration", () => {
  it("hands style and transforms to the migration", async () => {
    const seen: MigrateOptions[] = [];
    const migrateSource = (_path: string, text: string, options: MigrateOptions) => {
      seen.push(options);
      return sourceResult({ text });
    };
    const cwd = tempFolder({ "a.js": v1Function });
    await runMigration(["a.js"], { allowDirty: true, cwd }, { migrateSource });
    await runMigration(
      ["a.js"],
      { allowDirty: true, cwd, style: "idiomatic", transforms: ["global-clients"] },
      { migrateSource },
    );
    expect(seen).toEqual([{ style: "faithful" }, { style: "idiomatic", transforms: ["global-clients"] }]);
  });

  it("gives the texts of changed files, also in a dry run", async () => {
    const cwd = tempFolder({ "a.js": v1Function, "b.js": v2Function });
    const { changes } = await runMigration(
      ["a.js", "b.js"],
      { allowDirty: true, cwd, dryRun: true },
      { migrateSource: fakeMigrate },
    );
    expect([...changes]).toEqual([["a.js", { before: v1Function, after: v2Function }]]);
    expect(contentOf(cwd, "a.js")).toBe(v1Function);
  });

  it("migrates every file before it writes the first", async () => {
    const cwd = tempFolder({ "a.js": v1Function, "b.js": v1Function });
    const seen: string[] = [];
    const migrateSource: typeof fakeMigrate = (path, text, options) => {
      seen.push(contentOf(cwd, "a.js"));
      return fakeMigrate(path, text, options);
    };
    await runMigration(["."], { allowDirty: true, cwd }, { migrateSource });
    expect(seen).toEqual([v1Function, v1Function]);
    expect(contentOf(cwd, "a.js")).toBe(v2Function);
  });
});
