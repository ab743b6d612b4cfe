import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";

import { describe, expect, it } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { define } from "../../src/cli/commands/migrate.ts";
import { helpOf } from "../../src/cli/parser.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { examplesOf } from "../../scripts/examples.ts";
import { misuseOf } from "../cli/support.ts";
import { sandboxFile } from "../verify/support.ts";

const repository = resolve(import.meta.dirname, "../..");
const readme = read("README.md");

/** Pages of users, and how many commands each shows at least. */
const pages: readonly (readonly [page: string, least: number])[] = [
  ["guide.md", 6],
  ["options.md", 0],
  ["configuration.md", 1],
  ["eslint.md", 0],
  ["recipes.md", 4],
  ["json.md", 0],
  ["verify.md", 0],
  ["types.md", 0],
];

function read(path: string): string {
  return readFileSync(join(repository, path), "utf8");
}

/** The lines of all shell blocks, taken apart at `&&`. */
const commands = [...readme.matchAll(/^```sh\n(?<lines>.*?)^```$/gmsu)]
  .flatMap(({ groups }) => (groups?.["lines"] ?? "").trim().split("\n"))
  .flatMap((line) => line.split(" && "));

async function faasMigrate(argv: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(argv, { stdout, stderr, cwd: repository, env: {} }, { sandbox: sandboxFile() });
  return { code, stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
}

describe("the README", () => {
  it("opens with a command that shows three functions on one screen", async () => {
    expect(commands.slice(0, 3)).toEqual(["npm ci", "npx faas-migrate demo", "npm test"]);
    const { code, stdout, stderr } = await faasMigrate(["demo"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("3 functions: 2 would migrate, 1 needs you");
    expect(stdout.split("\n").length - 1).toBeLessThanOrEqual(24);
  });

  it("shows only commands that the command takes", async () => {
    const shown = commands.filter((command) => command.startsWith("npx faas-migrate"));
    expect(shown.length).toBeGreaterThan(2);
    for (const command of shown) {
      expect(await misuseOf(command.split(" ").slice(2)), command).toBeUndefined();
    }
  });

  it("fits in 180 lines", () => {
    expect(readme.split("\n").length - 1).toBeLessThanOrEqual(180);
  });

  it.each(pages)("leads to %s, which shows only such commands", async (page, least) => {
    const shown = [...read(`docs/${page}`).matchAll(/^npx faas-migrate (?<words>[^<>\n]+?)(?: [<>].*)?$/gmu)].map(
      ({ groups }) => groups?.["words"] ?? "",
    );
    expect(readme).toContain(`(docs/${page})`);
    expect(shown.length).toBeGreaterThanOrEqual(least);
    for (const words of shown) expect(await misuseOf(words.split(" ")), words).toBeUndefined();
  });

  it("leads to a page with small pictures of the report, which the package brings along", () => {
    const pictures = [...read("docs/recipes.md").matchAll(/\]\((?<path>images\/[\w-]+\.png)\)/gu)];
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    for (const { groups } of pictures) {
      const { size } = statSync(join(repository, "docs", groups?.["path"] ?? ""));
      expect(size).toBeLessThanOrEqual(150_000);
    }
    expect(manifest.files).toContain("docs/images");
  });

  it("leads to a page with all options that the command takes, and no others", async () => {
    const help = helpOf(define());
    const flags = (text: string): Set<string> => new Set(text.match(/--[a-z]+(?:-[a-z]+)*/gu));
    const ofOthers = ["--save-dev"];
    expect([...flags(read("docs/options.md"))].sort()).toEqual([...flags(help)].sort());
    const known = [...flags(help), ...ofOthers];
    expect([...flags(readme)].filter((flag) => !known.includes(flag))).toEqual([]);
    for (const flag of flags(help)) {
      const ofProof = ["--scenarios", "--seed", "--force"].includes(flag) ? ["--verify"] : [];
      const stdin = ["--stdin", "--stdin-filepath", "a.js"];
      const argv = flag.startsWith("--stdin") ? stdin : [...ofProof, flag, ...valueOf(flag), "src"];
      expect(await misuseOf(argv), flag).toBeUndefined();
    }
  });

  it("counts and names the differences of its example", () => {
    const { before } = examplesOf(readme, "## What it changes")[0] ?? { before: "" };
    const { differences, reasons } = migrateSource("order.js", before, { style: "faithful" });
    expect(reasons).toEqual([]);
    expect(readme).toContain("Five differences are declared for it: secrets are cached, read in parallel");
    expect(differences.map(({ id }) => id).sort()).toEqual([
      "fetch-transport",
      "network-error-shape",
      "secret-error-shape",
      "secrets-cached",
      "secrets-parallel",
    ]);
  });

  it("stands beside a changelog that has the version of package.json", () => {
    expect(read("CHANGELOG.md")).toMatch(new RegExp(`^## \\[${manifest.version}\\] - \\d{4}-\\d{2}-\\d{2}$`, "mu"));
  });

  it("names the versions that package.json asks for", () => {
    expect(manifest.engines.node).toBe("^20.19.0 || ^22.13.0 || >=24");
    expect(readme).toContain("Node 20.19, 22.13 or 24 and newer.");
    expect(manifest.peerDependencies.eslint).toBe("^9.15.0 || ^10.0.0");
    expect(read("docs/eslint.md")).toContain("ESLint 9.15 or newer.");
  });
});

function valueOf(flag: string): string[] {
  const values: Readonly<Record<string, string>> = {
    "--transform": "x",
    "--style": "faithful",
    "--concurrency": "1",
    "--packages": "es-toolkit",
    "--own-account": "12345678",
    "--scenarios": "8",
    "--seed": "1",
    "--shard": "1/2",
    "--report": "report.md",
  };
  return Object.hasOwn(values, flag) ? [values[flag] ?? ""] : [];
}
