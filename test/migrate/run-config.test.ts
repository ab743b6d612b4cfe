import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { RunResult } from "../../src/migrate/index.ts";
import { migrateFiles } from "../../src/migrate/index.ts";
import type { MigrateOptions } from "../../src/migrate/migrate-source.ts";
import { runMigration } from "../../src/migrate/run.ts";
import { cli, contentOf, sourceResult, tempFolder } from "../cli/support.ts";

const v1 = "function lambda(input, callback) {\n  callback(null, input.payload);\n}\n";
const v2 = "async function lambda(input) {\n  return input.payload;\n}\n";
const refused = "function lambda(input, callback) {\n  with (input) callback(null, payload);\n}\n";
const v1Config = '{ "environmentVariables": [{ "key": "SHOP", "value": "books" }] }\n';
const v2Config = '{ "environmentVariables": {"SHOP": "books"} }\n';
const oddConfig = '{ "environmentVariables": [{ "key": "SHOP" }] }\n';

function verdicts({ files }: RunResult): string[] {
  return files.map(({ path, verdict }) => `${path} ${verdict}`);
}

describe("the config.json of a function", () => {
  it("is converted with its function, and only once", async () => {
    const cwd = tempFolder({ "functions/a/index.js": v1, "functions/a/config.json": v1Config });
    const result = await migrateFiles(["functions"], { allowDirty: true, cwd });
    expect(verdicts(result)).toEqual(["functions/a/config.json migrated", "functions/a/index.js migrated"]);
    expect(result.files[0]?.transforms).toEqual(["function-config"]);
    expect(contentOf(cwd, "functions/a/index.js")).toBe(v2);
    expect(contentOf(cwd, "functions/a/config.json")).toBe(v2Config);
    expect(verdicts(await migrateFiles(["functions"], { allowDirty: true, cwd }))).toEqual([
      "functions/a/index.js unchanged",
    ]);
  });

  it("is converted when only the function's file is named", async () => {
    const cwd = tempFolder({ "index.js": v1, "config.json": v1Config });
    expect(verdicts(await migrateFiles(["index.js"], { allowDirty: true, cwd }))).toEqual([
      "config.json migrated",
      "index.js migrated",
    ]);
  });

  it("stands for its function when it is named, and both are migrated once", async () => {
    const cwd = tempFolder({ "index.js": v1, "config.json": v1Config });
    const result = await migrateFiles(["config.json", "index.js"], { allowDirty: true, cwd });
    expect(verdicts(result)).toEqual(["config.json migrated", "index.js migrated"]);
  });

  it("is refused with its function when no parser has the stack for it, and the others are done", async () => {
    const deep = `{ "environmentVariables": ${"[".repeat(20_000)}${"]".repeat(20_000)} }`;
    const cwd = tempFolder({ "a/index.js": v1, "a/config.json": deep, "b/index.js": v1 });
    const result = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(verdicts(result)).toEqual(["a/config.json refused", "a/index.js refused", "b/index.js migrated"]);
    expect(result.files[0]?.reasons).toMatchObject([{ id: "too-deep", line: 1, column: 526 }]);
    expect(contentOf(cwd, "a/config.json")).toBe(deep);
  });

  it("is converted when the function is V2 already", async () => {
    const cwd = tempFolder({ "a/index.js": v2, "a/config.json": v1Config });
    expect(verdicts(await migrateFiles(["."], { allowDirty: true, cwd }))).toEqual([
      "a/config.json migrated",
      "a/index.js unchanged",
    ]);
    expect(contentOf(cwd, "a/config.json")).toBe(v2Config);
  });

  it("stays as it is when the function is refused", async () => {
    const cwd = tempFolder({ "a/index.js": refused, "a/config.json": v1Config });
    expect(verdicts(await migrateFiles(["."], { allowDirty: true, cwd }))).toEqual(["a/index.js refused"]);
    expect(contentOf(cwd, "a/config.json")).toBe(v1Config);
  });

  it("keeps its function back when it is refused itself", async () => {
    const cwd = tempFolder({ "a/index.js": v1, "a/config.json": oddConfig });
    const result = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(verdicts(result)).toEqual(["a/config.json refused", "a/index.js refused"]);
    expect(result.files.map(({ reasons }) => reasons.map(({ id }) => id))).toEqual([
      ["config-shape"],
      ["config-refused"],
    ]);
    expect(contentOf(cwd, "a/index.js")).toBe(v1);
    expect(contentOf(cwd, "a/config.json")).toBe(oddConfig);
  });

  it.each([
    ["bytes that are no UTF-8", Buffer.from([...Buffer.from(v1Config), 0xff]), "not-utf-8"],
    ["UTF-16", Buffer.from(v1Config, "utf16le"), "binary-file"],
  ])("is refused with %s", async (_, bytes, id) => {
    const cwd = tempFolder({ "a/index.js": v1, "a/config.json": bytes });
    const { files } = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(files[0]).toMatchObject({ path: "a/config.json", verdict: "refused", reasons: [{ id }] });
    expect(files[1]).toMatchObject({ path: "a/index.js", verdict: "refused" });
    expect(readFileSync(join(cwd, "a/config.json"))).toEqual(bytes);
  });

  it.each([
    ["lies beside another file", { "a/orders.js": v1, "a/config.json": v1Config }, ["a/orders.js migrated"]],
    ["has comments", { "index.js": v1, "config.json": "{ // jsonc\n}" }, ["config.json refused", "index.js refused"]],
    ["lies beside no function", { "index.js": "run();\n", "config.json": v1Config }, []],
    ["has no variables", { "index.js": v1, "config.json": "{}" }, ["index.js migrated"]],
    ["is V2's", { "index.js": v1, "config.json": v2Config }, ["index.js migrated"]],
  ])("stays as it is when it %s", async (_, files: Readonly<Record<string, string>>, expected) => {
    const cwd = tempFolder(files);
    expect(verdicts(await migrateFiles(["."], { allowDirty: true, cwd }))).toEqual(expected);
    const config = Object.keys(files).find((path) => path.endsWith("config.json")) ?? "";
    expect(contentOf(cwd, config)).toBe(files[config]);
  });

  it("follows the selection of transforms", async () => {
    const files = { "index.js": v1, "config.json": v1Config };
    const without = tempFolder(files);
    await migrateFiles(["."], { allowDirty: true, cwd: without, transforms: ["callback-to-async"] });
    expect([contentOf(without, "index.js"), contentOf(without, "config.json")]).toEqual([v2, v1Config]);
    const alone = tempFolder(files);
    await migrateFiles(["."], { allowDirty: true, cwd: alone, transforms: ["function-config"] });
    expect([contentOf(alone, "index.js"), contentOf(alone, "config.json")]).toEqual([v1, v2Config]);
  });

  it("tells the migration which variables are the user's own", async () => {
    const seen: MigrateOptions[] = [];
    const migrateSource = (_path: string, text: string, options: MigrateOptions) => {
      seen.push(options);
      return sourceResult({ text });
    };
    const config = '{ "environmentVariables": [{ "key": "BRAND_ID", "value": "1" }, { "key": "SHOP", "value": "2" }] }';
    const cwd = tempFolder({ "a/index.js": v1, "a/config.json": config, "b/index.js": v1 });
    await runMigration(["."], { allowDirty: true, cwd }, { migrateSource });
    expect(seen).toEqual([{ style: "faithful", ownEnvironment: new Set(["BRAND_ID", "SHOP"]) }, { style: "faithful" }]);
  });

  it("tells which event to try out, when the function has changed", async () => {
    const config = (event: string) => `{\n  "event": "${event}",\n  "environmentVariables": {}\n}\n`;
    const cwd = tempFolder({
      "a/index.js": v1,
      "a/config.json": config("conversation-end"),
      "b/index.js": v1,
      "b/config.json": config("No Event"),
      "c/index.js": v2,
      "c/config.json": config("conversation-end"),
    });
    const { files } = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(verdicts({ files } as RunResult)).toEqual([
      "a/config.json unchanged",
      "a/index.js migrated",
      "b/index.js migrated",
      "c/index.js unchanged",
    ]);
    expect(files[0]?.followUps).toMatchObject([{ id: "event-result", line: 2, column: 12 }]);
  });

  it("is shown by --diff, and left alone by --dry-run", async () => {
    const folder = tempFolder({ "a/index.js": v1, "a/config.json": v1Config });
    const run = await cli(folder, ["--dry-run", "--diff", "--transform", "function-config", "a"]);
    expect(run.stdout).toContain(`--- a/a/config.json\n+++ b/a/config.json\n@@ -1,1 +1,1 @@\n-${v1Config}+${v2Config}`);
    expect(contentOf(folder, "a/config.json")).toBe(v1Config);
  });
});

describe("a function and its config.json", () => {
  it("are both as they were when the second cannot be written", async () => {
    const cwd = tempFolder({ "a/index.js": v1, "a/config.json": v1Config, "b/index.js": v1 });
    chmodSync(join(cwd, "a/config.json"), 0o444);
    const result = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(result.errors).toEqual([
      { path: "a/config.json", message: "is read-only and was left as it is; make it writable and run again" },
      {
        path: "a/index.js",
        message: "was not written, because a/config.json could not be; both change together",
      },
    ]);
    expect(contentOf(cwd, "a/index.js")).toBe(v1);
    expect(verdicts(result)).toEqual(["b/index.js migrated"]);
  });

  it("are both as they were when the first cannot be written", async () => {
    const cwd = tempFolder({ "index.js": v1, "config.json": v1Config });
    chmodSync(join(cwd, "index.js"), 0o444);
    const { errors } = await migrateFiles(["."], { allowDirty: true, cwd });
    expect(errors.map(({ path }) => path)).toEqual(["config.json", "index.js"]);
    expect(errors[0]?.message).toBe("was not written, because index.js could not be; both change together");
    expect(contentOf(cwd, "config.json")).toBe(v1Config);
  });

  it("are finished by the next run when the first was killed between them", async () => {
    const cwd = tempFolder({ "index.js": v1, "config.json": v1Config });
    await migrateFiles(["."], { allowDirty: true, cwd });
    writeFileSync(join(cwd, "config.json"), v1Config);
    await migrateFiles(["."], { allowDirty: true, cwd });
    expect([contentOf(cwd, "index.js"), contentOf(cwd, "config.json")]).toEqual([v2, v2Config]);
  });
});
