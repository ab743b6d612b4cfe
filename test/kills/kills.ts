import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { cli, compiledCommand, v1Function } from "../cli/support.ts";
import { killer } from "./killer.ts";

/** How many runs are killed, and from which number the moments are drawn. */
const KILLS = 240;
const SEED = 20_240_611;

const legacyModule = "export const isLegacyCode = () => false;\nexport const isLegacyHandler = () => false;\n";

const names = ["a", "b", "c", "linked"];
const functionText = (name: string): string => `${v1Function}// ${name}\n${"// padding\n".repeat(200)}`;
const configText = (name: string): string =>
  `{ "name": "${name}", "environmentVariables": [{ "key": "A", "value": "${"x".repeat(3000)}" }] }`;
const originals = new Map(
  names.flatMap((name) => [
    [`${name}/index.js`, functionText(name)],
    [`${name}/config.json`, configText(name)],
  ]),
);

let root: string;
let main: string;
let expected: ReadonlyMap<string, string>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "faas-migrate-kills-"));
  const installed = join(root, "installed");
  mkdirSync(installed);
  main = compiledCommand(installed);
  writeFileSync(join(installed, "dist/src/migrate/legacy-text.js"), legacyModule);
  writeFileSync(join(root, "killer.mjs"), killer);
  const folder = newFolder("whole");
  expect(await cli(folder, ["."])).toMatchObject({ code: 0, stderr: "" });
  expected = treeOf(folder);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A folder with four functions; the file of one has a second name. */
function newFolder(name: string): string {
  const folder = join(root, name);
  for (const [path, text] of originals) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  linkSync(join(folder, "linked/index.js"), join(root, `${name}.second-name`));
  return folder;
}

/** All files by path, but for what is kept for undo. */
function treeOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
  const shown = paths.filter((path) => !path.startsWith(".faas-migrate/"));
  return new Map(shown.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Runs the command, and kills it at an access to the disk; 0 for never. */
function killed(folder: string, at: number, ...argv: readonly string[]): { signal: string | null; accesses: number } {
  const counted = join(root, "accesses");
  rmSync(counted, { force: true });
  const preload = pathToFileURL(join(root, "killer.mjs")).href;
  const { signal, stderr } = spawnSync(process.execPath, ["--import", preload, main, ...argv], {
    cwd: folder,
    env: { ...process.env, KILL_AT: String(at), KILL_COUNT: counted },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return { signal, accesses: signal === null ? Number(readFileSync(counted, "utf8")) : 0 };
}

/** Numbers from 0 to 1, the same in each run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Each file is whole, old or new: but for the one with two names, which only the next run makes whole again. */
function expectWhole(folder: string): void {
  const tree = treeOf(folder);
  for (const [path, text] of originals) {
    if (path === "linked/index.js") continue;
    expect([text, expected.get(path)], path).toContain(tree.get(path));
  }
}

/** Each moment as a part of the run that is killed. */
const random = numbers(SEED);
const moments = Array.from({ length: KILLS }, () => random.next().value);
/** As many as one test kills: together they may take longer than a test that hangs. */
const KILLS_OF_A_TEST = 20;

describe("a run that is killed while it writes", () => {
  let accesses: { readonly migration: number; readonly undo: number };

  beforeAll(() => {
    const migration = killed(newFolder("count"), 0, "--allow-dirty", ".").accesses;
    accesses = { migration, undo: killed(join(root, "count"), 0, "undo").accesses };
    expect(treeOf(join(root, "count"))).toEqual(originals);
  });

  it.each(Array.from({ length: KILLS / KILLS_OF_A_TEST }, (_, index) => index * KILLS_OF_A_TEST))(
    "loses nothing: from kill %i on",
    async (first) => {
      for (const [index, moment] of moments.slice(first, first + KILLS_OF_A_TEST).entries()) {
        const kill = first + index;
        const folder = newFolder(String(kill));
        // Every fourth one is killed while it undoes.
        const isUndo = kill % 4 === 3;
        if (isUndo) await cli(folder, ["."]);
        const at = 1 + Math.floor(moment * (isUndo ? accesses.undo : accesses.migration));
        const { signal } = killed(folder, at, ...(isUndo ? ["undo"] : ["--allow-dirty", "."]));
        expect([kill, signal]).toEqual([kill, "SIGKILL"]);
        expectWhole(folder);
        await expectLedBack(folder, kill);
        expect(readFileSync(join(root, `${String(kill)}.second-name`), "utf8")).toBe(
          treeOf(folder).get("linked/index.js"),
        );
        rmSync(folder, { recursive: true });
      }
      const { migration, undo } = accesses;
      console.info(
        `${String(first + KILLS_OF_A_TEST)} kills at ${String(migration)} and ${String(undo)} accesses: 0 lost`,
      );
    },
  );
});

/** What the next command makes of it: a run over all, undo, or a run over one function. */
async function expectLedBack(folder: string, kill: number): Promise<void> {
  const way = kill % 3;
  if (way === 0) {
    expect((await cli(folder, ["."])).code).toBe(0);
    expect(treeOf(folder)).toEqual(expected);
  }
  if (way === 1) {
    expect((await cli(folder, ["a"])).code).toBe(0);
    const mixed = new Map(
      [...originals].map(([path, text]) => [path, path.startsWith("a/") ? expected.get(path) : text]),
    );
    // Killed after its last file, it is a run like any other.
    expect([mixed, expected]).toContainEqual(treeOf(folder));
  }
  for (let round = 0; round < 3 && readdirSync(folder).includes(".faas-migrate"); round += 1) {
    expect((await cli(folder, ["undo"])).code).toBe(0);
  }
  expect(treeOf(folder)).toEqual(originals);
  expect(readdirSync(folder).sort()).toEqual(names);
}
