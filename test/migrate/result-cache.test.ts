import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { cacheAt, cachePlace } from "../../src/migrate/result-cache.ts";
import { runMigration } from "../../src/migrate/run.ts";
import type { MigrateFilesOptions, Run } from "../../src/migrate/run.ts";
import type { MigrateSource } from "../../src/migrate/run-outcome.ts";
import { faithfulOf } from "../functions/cases.ts";
import { cli, fakeMigrate, tempFolder, v1Function } from "../cli/support.ts";

interface Counted {
  readonly run: Run;
  /** The paths of what was migrated, and not taken from the cache. */
  readonly migrated: readonly string[];
}

async function runIn(
  folder: string,
  { program = "1", ...options }: MigrateFilesOptions & { readonly program?: string } = {},
  migrate: MigrateSource = fakeMigrate,
): Promise<Counted> {
  const migrated: string[] = [];
  const run = await runMigration(
    ["."],
    { cwd: folder, dryRun: true, cache: true, ...options },
    {
      cache: cacheAt(folder, program),
      migrateSource: (path, text, own) => {
        migrated.push(path);
        return migrate(path, text, own);
      },
    },
  );
  return { run, migrated };
}

const functions = {
  "a/index.js": v1Function,
  "b/index.js": `${v1Function}// LOOK\n`,
  "c/index.js": `${v1Function}// REFUSE\n`,
  "d/index.js": `${v1Function}// MECHANICAL\n`,
};
const paths = Object.keys(functions);

function cacheIn(folder: string): string {
  return join(folder, ".faas-migrate/cache");
}

describe("a second run", () => {
  it("says the same and migrates nothing", async () => {
    const folder = tempFolder(functions);
    const first = await runIn(folder);
    expect(first.migrated).toEqual(paths);
    expect(await runIn(folder)).toEqual({ run: first.run, migrated: [] });
    expect((await runIn(folder, { cache: false })).run).toEqual(first.run);
  });

  it("says the same of real functions", async () => {
    const names = [
      "functions/lp-client-text",
      "functions/brand-id-that-is-set",
      "functions/error-in-try-forwarding-catch",
    ];
    const folder = tempFolder(Object.fromEntries(names.map((name) => [`${name}/index.js`, faithfulOf(name).original])));
    const first = await runIn(folder, {}, migrateSource);
    expect(first.migrated).toHaveLength(names.length);
    expect(await runIn(folder, {}, migrateSource)).toEqual({ run: first.run, migrated: [] });
  });

  it("knows the helpers that stand in several files", async () => {
    const text =
      "function lambda(input, callback) { callback(null, add(1)); }\n" +
      "function add(a) { const b = a + 1; console.log(b); return b; }\n";
    const folder = tempFolder({ "a/index.js": text, "b/index.js": `// B\n${text}`, "c/index.js": text });
    const first = await runIn(folder, {}, migrateSource);
    expect(first.run.result.repeated?.[0]?.places.map(({ path, line }) => `${path}:${String(line)}`)).toEqual([
      "a/index.js:2",
      "b/index.js:3",
      "c/index.js:2",
    ]);
    expect(await runIn(folder, {}, migrateSource)).toEqual({ run: first.run, migrated: [] });
  });

  it("migrates what has changed, also beside the function", async () => {
    const folder = tempFolder(functions);
    await runIn(folder);
    writeFileSync(join(folder, "b/index.js"), `${v1Function}// LOOK again\n`);
    writeFileSync(join(folder, "c/config.json"), '{ "environmentVariables": [{ "key": "NAME", "value": "1" }] }');
    expect((await runIn(folder)).migrated).toEqual(["b/index.js", "c/index.js"]);
    expect((await runIn(folder)).migrated).toEqual([]);
  });

  it("knows a text by its language, whatever the ending of its name", async () => {
    const folder = tempFolder({ "a/index.js": v1Function });
    await runIn(folder);
    renameSync(join(folder, "a/index.js"), join(folder, "a/index.cjs"));
    expect((await runIn(folder)).migrated).toEqual([]);
    renameSync(join(folder, "a/index.cjs"), join(folder, "a/index.ts"));
    expect((await runIn(folder)).migrated).toEqual(["a/index.ts"]);
  });

  it.each<[string, MigrateFilesOptions & { readonly program?: string }]>([
    ["style", { style: "idiomatic" }],
    ["transforms", { transforms: ["require-to-import"] }],
    ["packages", { packages: ["es-toolkit"] }],
    ["account", { ownAccounts: ["1"] }],
    ["choice of other files", { bundleLocal: true }],
    ["program", { program: "2" }],
  ])("migrates all with another %s", async (_what, options) => {
    const folder = tempFolder(functions);
    await runIn(folder);
    expect((await runIn(folder, options)).migrated).toEqual(paths);
    expect((await runIn(folder)).migrated).toEqual([]);
  });

  it("migrates a function again when a file that it loads has changed", async () => {
    const order = `${v1Function}require("../lib/log");\n`;
    const folder = tempFolder({ "order/index.js": order, "lib/log.js": "exports.log = 1;\n" });
    await runIn(folder);
    expect((await runIn(folder)).migrated).toEqual([]);
    writeFileSync(join(folder, "lib/log.js"), "exports.log = 2;\n");
    expect((await runIn(folder)).migrated).toEqual(["order/index.js"]);
  });

  it("writes what the first one has found", async () => {
    const folder = tempFolder(functions);
    await runIn(folder);
    const { run, migrated } = await runIn(folder, { dryRun: false, allowDirty: true });
    expect(migrated).toEqual([]);
    expect(run.result.summary).toMatchObject({ migrated: 2, mechanical: 1, refused: 1 });
    expect(readFileSync(join(folder, "a/index.js"), "utf8")).toContain("core-functions-toolbelt");
    expect(readdirSync(cacheIn(folder))).toHaveLength(4);
  });
});

describe("the cache", () => {
  it("is not believed where it is broken", async () => {
    const folder = tempFolder(functions);
    const first = await runIn(folder);
    for (const name of readdirSync(cacheIn(folder)))
      writeFileSync(join(cacheIn(folder), name), '{ "verdict": "unchanged" }');
    expect(await runIn(folder)).toEqual(first);
    expect((await runIn(folder)).migrated).toEqual([]);
  });

  it("holds no text that stays, and nothing of a fault of the tool", async () => {
    const folder = tempFolder({ "a/index.js": `${v1Function}// REFUSE\n`, "b/index.js": `${v1Function}// BROKEN\n` });
    await runIn(folder);
    const [name = "", ...others] = readdirSync(cacheIn(folder));
    expect(others).toEqual([]);
    expect(readFileSync(join(cacheIn(folder), name), "utf8")).not.toContain("lp-faas-toolbelt");
    expect((await runIn(folder)).migrated).toEqual(["b/index.js"]);
  });

  it("is kept from git, and may be removed at any time", async () => {
    const folder = tempFolder(functions);
    const first = await runIn(folder);
    expect(readFileSync(join(folder, ".faas-migrate/.gitignore"), "utf8")).toBe("*\n");
    rmSync(cacheIn(folder), { recursive: true });
    expect(await runIn(folder)).toEqual(first);
  });

  it("is missed by nobody where it can't be written", async () => {
    const folder = tempFolder({ ...functions, ".faas-migrate": "a file" });
    const first = await runIn(folder);
    expect(first.migrated).toEqual(paths);
    expect(await runIn(folder)).toEqual(first);
  });

  it("is not there for sources that may change from run to run", async () => {
    const folder = tempFolder(functions);
    expect(cachePlace(folder)).toBeUndefined();
    await cli(folder, ["--check", "."]);
    expect(existsSync(cacheIn(folder))).toBe(false);
  });
});

it("leaves the option out of the command that writes, unless it was given", async () => {
  const folder = tempFolder(functions);
  expect((await cli(folder, ["--check", "."])).stdout).toContain("Next: npx faas-migrate .\n");
  expect((await cli(folder, ["--check", "--no-cache", "."])).stdout).toContain("Next: npx faas-migrate --no-cache .\n");
});
