import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

import { describe, expect, it } from "vitest";

import manifest from "../../package.json" with { type: "json" };

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

/** The files of our own that a file imports, relative to the repository. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(repository, path), "utf8");
  const specifiers = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(?<specifier>\.{1,2}\/[^"]+)"/gu);
  return [...specifiers].map(({ groups }) =>
    relative(repository, resolve(repository, dirname(path), groups?.["specifier"] ?? "")).replaceAll(sep, "/"),
  );
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
const files = [...rankOf.keys()]
  .filter((folder) => existsSync(join(repository, folder)))
  .flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll(sep, "/")}`),
  );

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

  it("keep ESLint and jscodeshift out of what both faces share", () => {
    const shared = files.filter((path) => /^src\/(?:platform|analysis)\//u.test(path));
    const wrong = shared.filter((path) =>
      /from "(?:eslint|jscodeshift)"/u.test(readFileSync(join(repository, path), "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the runtime dependencies", () => {
  it("are those that CONTRIBUTING.md gives a reason for", () => {
    const section = contributing.split("\n## Runtime dependencies\n")[1] ?? "";
    const listed = [...section.matchAll(/^- `(?<name>[^`]+)`: \S.*\.$/gmu)].map(({ groups }) => groups?.["name"]);
    expect(listed).toEqual(Object.keys(manifest.dependencies));
  });
});
