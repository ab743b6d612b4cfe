import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { RunResult } from "../../src/migrate/run-result.ts";
import { sandboxFile } from "../verify/support.ts";
import { cli, contentOf, tempFolder } from "./support.ts";

const settings = { migrateSource, sandbox: sandboxFile() };
const helper = `function pick(items, id) {
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error("none of " + id);
  return found;
}
`;
const indented = helper
  .replaceAll("\n  ", "\n\n      // Looks for it.\n      ")
  .replace("(items, id)", "( items , id )");
const call = "pick(input.payload.items, input.payload.id)";
const v1 = `function lambda(input, callback) {
  callback(null, ${call});
}
`;
const v2 = `export async function lambda(input) {
  return ${call};
}
`;
const broken = "function lambda(input, callback) { callback(null, ; }\n";

/** Functions of V1 and V2 in several brands, each with the same helper. */
const files = {
  "brands/north/functions/offer/index.js": helper + v1,
  "brands/north/functions/broken/index.js": helper + broken,
  "brands/south/functions/offer/index.js": `// South\n\n${indented}\n${v1}`,
  "brands/south/functions/stock/index.js": v2 + helper,
  "brands/south/functions/stock/config.json": '{ "event": { "text": "x" } }\n',
};
const places = [
  { path: "brands/north/functions/offer/index.js", line: 1, column: 1 },
  { path: "brands/south/functions/offer/index.js", line: 3, column: 1 },
  { path: "brands/south/functions/stock/index.js", line: 4, column: 1 },
];

async function json(folder: string, ...argv: readonly string[]): Promise<RunResult> {
  return JSON.parse((await cli(folder, [...argv, "--dry-run", "--json"], settings)).stdout) as RunResult;
}

describe("a helper function that stands in three files", () => {
  it("is told once, with its places and without a fingerprint", async () => {
    const folder = tempFolder(files);
    const result = await json(folder, "brands");
    expect(result.repeated).toEqual([{ name: "pick", places }]);
    expect(JSON.stringify(result)).not.toMatch(/"(?:helpers|code)"/u);
    const schema = JSON.parse(readFileSync("schemas/result.schema.json", "utf8")) as object;
    const validate = new Ajv({ strict: false }).compile(schema);
    expect([validate(result), validate.errors]).toEqual([true, null]);
  });

  it("is a line of the overview, a section with --verbose, and a part of the reports", async () => {
    const folder = tempFolder(files);
    const argv = ["--dry-run", "--report", "a.md", "--report", "a.html", "brands"];
    const { stdout } = await cli(folder, argv, settings);
    expect(stdout).toContain("\nHint: pick has the same code in 3 files (in full: a.md).\n");
    const verbose = await cli(folder, [...argv, "--verbose"], settings);
    expect(verbose.stdout).not.toContain("Hint:");
    expect(verbose.stdout.replaceAll(/\s+/gu, " ")).toContain(
      "SAME CODE IN SEVERAL FILES (1 helper) only a hint pick brands/north/functions/offer/index.js:1, " +
        "brands/south/functions/offer/index.js:3, brands/south/functions/stock/index.js:4",
    );
    expect(contentOf(folder, "a.md")).toContain(
      "| `pick` | `brands/north/functions/offer/index.js:1` `brands/south/functions/offer/index.js:3` ",
    );
    expect(contentOf(folder, "a.html")).toContain(
      '"repeated":[{"name":"pick","places":["brands/north/functions/offer/index.js:1"',
    );
  });

  it("changes no verdict and no exit code", async () => {
    const whole = { ...files, "brands/north/functions/broken/index.js": helper + v1 };
    const { code, stdout } = await cli(tempFolder(whole), ["--dry-run", "brands"], settings);
    expect(stdout).toContain("Hint: pick");
    expect(code).toBe(0);
  });

  it("stays in what reports are put together from", async () => {
    const folder = tempFolder(files);
    await cli(folder, ["--dry-run", "--report", "a.json", "brands"], settings);
    const { stdout } = await cli(folder, ["merge-reports", "a.json", "a.json"], settings);
    expect(stdout).toContain("\nHint: pick has the same code in 3 files (in full: --verbose).\n");
  });

  it("is told of functions that wait for their config.json", async () => {
    const folder = tempFolder({ ...files, "brands/north/functions/offer/config.json": "[]" });
    const { files: told, repeated } = await json(folder, "brands");
    expect(told.find(({ path }) => path === places[0]?.path)?.verdict).toBe("refused");
    expect(repeated).toEqual([{ name: "pick", places }]);
  });

  it("is told of TypeScript at its own place", async () => {
    const typed = `interface Item { id: string }\n\n${helper.replace("(items, id)", "(items: Item[], id: string): Item")}`;
    const folder = tempFolder({
      "a/index.ts": typed + v1.replace("input, callback", "input: any, callback: any"),
      "b/index.js": helper + v1,
      "c/index.js": helper + v1,
    });
    const { repeated } = await json(folder, ".");
    expect(repeated?.[0]?.places).toEqual([
      { path: "a/index.ts", line: 3, column: 1 },
      { path: "b/index.js", line: 1, column: 1 },
      { path: "c/index.js", line: 1, column: 1 },
    ]);
  });

  it.each([
    ["in two files", ["brands/south"]],
    ["in one", ["brands/north/functions/offer/index.js"]],
    ["in a part of the functions", ["--shard", "1/1", "brands"]],
  ])("is not told %s", async (_, argv) => {
    expect(await json(tempFolder(files), ...argv)).not.toHaveProperty("repeated");
  });
});
