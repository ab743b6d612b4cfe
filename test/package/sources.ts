import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

const repository = resolve(import.meta.dirname, "../..");

/** The TypeScript files of a folder, at any depth, relative to the repository. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll(sep, "/")}`);
}

/** How many lines files have together. */
export function linesOf(files: readonly string[]): number {
  const lines = files.map((path) => readFileSync(join(repository, path), "utf8").split("\n").length - 1);
  return lines.reduce((sum, count) => sum + count, 0);
}

/** The files of our own that a file imports, relative to the repository. */
export function importsOf(path: string): string[] {
  const text = readFileSync(join(repository, path), "utf8");
  const specifiers = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(?<specifier>\.{1,2}\/[^"]+)"/gu);
  return [...specifiers].map(({ groups }) =>
    relative(repository, resolve(repository, dirname(path), groups?.["specifier"] ?? "")).replaceAll(sep, "/"),
  );
}

/** Files that import each other in a circle, each circle once, as `a → b → a`. */
export function findCircles(files: readonly string[]): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      circles.push([...trail.slice(start), path].join(" → "));
    } else if (!done.has(path)) {
      importsOf(path).forEach((imported) => {
        visit(imported, [...trail, path]);
      });
      done.add(path);
    }
  };
  files.forEach((path) => {
    visit(path, []);
  });
  return circles;
}
