import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

import { describe, expect, it } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { findCircles, importsOf, sourcesIn } from "./sources.ts";

const repository = resolve(import.meta.dirname, "../..");
const contributing = readFileSync(join(repository, "CONTRIBUTING.md"), "utf8");

/** The folders of the block in CONTRIBUTING.md, lowest line first. */
function readLayers(): string[][] {
  const block = /^```text\n(?<lines>platform\n.*?)^```$/msu.exec(contributing)?.groups?.["lines"] ?? "";
  return block
    .trim()
    .split("\n")
    .map((line) => line.replace("←", "").split(",").map(pathOf));
}

function pathOf(layer: string): string {
  const name = layer.trim();
  return name === "rules" || name === "transforms" ? name : `src/${name}`;
}

const layers = readLayers();
const rankOf = new Map(layers.flatMap((folders, rank) => folders.map((folder) => [folder, rank] as const)));

function folderOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("src/") ? 2 : 1)
    .join("/");
}

/** Source files of the layers, relative to the repository. */
const files = [...rankOf.keys()].filter((folder) => existsSync(join(repository, folder))).flatMap(sourcesIn);

/** The lines of CONTRIBUTING.md that order the folders of one layer: `analysis: code ← values ← …`. */
const rooms = [...contributing.matchAll(/^(?<name>analysis|edits): (?<order>.+)$/gmu)].map(({ groups }) => ({
  name: groups?.["name"] ?? "",
  rows: (groups?.["order"] ?? "").split("←").map((row) => row.split(",").map((room) => room.trim())),
}));

function roomOf(path: string): string {
  return path.split("/")[2] ?? "";
}

describe("the layers of CONTRIBUTING.md", () => {
  it("are all folders of the source", () => {
    const folders = readdirSync(join(repository, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect([...rankOf.keys()].filter((folder) => folder.startsWith("src/")).sort()).toEqual(folders.sort());
    expect(files.length).toBeGreaterThan(50);
  });

  it("import in one direction only", () => {
    const wrong = files.flatMap((path) =>
      importsOf(path)
        .filter((imported) => {
          const [from, to] = [folderOf(path), folderOf(imported)];
          return from !== to && !((rankOf.get(to) ?? Infinity) < (rankOf.get(from) ?? -1));
        })
        .map((imported) => `${path} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(rooms)("and the folders of src/$name as well", ({ name, rows }) => {
    const rank = new Map(rows.flatMap((row, index) => row.map((room) => [room, index] as const)));
    const inside = files.filter((path) => path.startsWith(`src/${name}/`));
    const wrong = inside.flatMap((path) =>
      importsOf(path)
        .filter((imported) => imported.startsWith(`src/${name}/`))
        .filter((imported) => {
          const [from, to] = [roomOf(path), roomOf(imported)];
          return from !== to && !((rank.get(to) ?? Infinity) < (rank.get(from) ?? -1));
        })
        .map((imported) => `${path} imports ${imported}`),
    );
    expect([...new Set(inside.map(roomOf))].sort()).toEqual([...rank.keys()].sort());
    expect(wrong).toEqual([]);
  });

  it("hold no circle of imports, types included", () => {
    expect(findCircles(files)).toEqual([]);
  });

  it("keep ESLint and jscodeshift out of what both faces share", () => {
    const shared = files.filter((path) => /^src\/(?:platform|analysis)\//u.test(path));
    const wrong = shared.filter((path) =>
      /from "(?:eslint|jscodeshift)"/u.test(readFileSync(join(repository, path), "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the tests", () => {
  const tests = readdirSync(join(repository, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `test/${name.replaceAll(sep, "/")}`);

  it("read nothing outside of the repository", () => {
    const wrong = tests.flatMap((path) =>
      [...readFileSync(join(repository, path), "utf8").matchAll(/(?<up>(?:\.\.\/)+)(?<below>[\w./-]*)/gu)]
        .map(({ 0: mentioned }) => relative(repository, resolve(repository, dirname(path), mentioned)))
        .filter((mentioned) => mentioned.startsWith(".."))
        .map((mentioned) => `${path} mentions ${mentioned}`),
    );
    expect(wrong).toEqual([]);
  });

  // A part of an engine, such as `trace-members`, is tested by the test of the engine; a file of types has nothing to test.
  it.each(["code", "values", "control"])("speak of each file of src/analysis/%s by its name", (room) => {
    const tested = new Set(tests.filter((path) => path.startsWith(`test/analysis/${room}/`)));
    const names = files
      .filter((path) => path.startsWith(`src/analysis/${room}/`))
      .filter((path) => /^export (?!interface|type)/mu.test(readFileSync(join(repository, path), "utf8")))
      .map((path) => path.slice(path.lastIndexOf("/") + 1).replace(".ts", ""));
    const isTested = (name: string): boolean => tested.has(`test/analysis/${room}/${name}.test.ts`);
    const engineOf = (name: string): string => names.find((other) => name.startsWith(`${other}-`)) ?? name;
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !isTested(name) && !isTested(engineOf(name)))).toEqual([]);
  });

  it("are none of them left out", () => {
    const skipping = /\b(?:it|test|describe)\.(?:skip|skipIf|runIf|todo|only)(?:\.each)?\(/u;
    expect(tests.filter((path) => skipping.test(readFileSync(join(repository, path), "utf8")))).toEqual([]);
  });
});

describe("the runtime dependencies", () => {
  it("are those that CONTRIBUTING.md gives a reason for", () => {
    const section = contributing.split("\n## Runtime dependencies\n")[1] ?? "";
    const listed = [...section.matchAll(/^- `(?<name>[^`]+)`: \S.*\.$/gmu)].map(({ groups }) => groups?.["name"]);
    expect(listed).toEqual(Object.keys(manifest.dependencies));
  });
});
