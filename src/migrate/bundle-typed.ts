import { isLocalSource, linkOf } from "../analysis/code/local-files.ts";
import type { LocalFiles, LocalLink } from "../analysis/code/local-files.ts";
import { createModel } from "../analysis/code/model.ts";
import { parseSource, SourceSyntaxError } from "../analysis/code/parse.ts";
import { bundle } from "../bundle/bundle.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { isTypedPath } from "../platform/function-files.ts";
import { eraseTypes, UNUSUAL } from "../typescript/erase.ts";
import type { Erased } from "../typescript/erase.ts";
import type { Obstacle } from "../typescript/found.ts";
import { fileTypes } from "../typescript/file-types.ts";
import { Marks } from "../typescript/marks.ts";
import { neighboursOf } from "../typescript/neighbours.ts";
import { restoreWhole } from "../typescript/restore-whole.ts";
import type { ErasedPart } from "../typescript/restore-whole.ts";
import { hasJavaScript } from "../typescript/typed-migration.ts";
import { placeAt } from "./json-text.ts";

type Problem = Extract<Bundle, { kind: "refused" }>["problems"][number];

/**
 * Puts what a function in TypeScript uses of the files that it loads into its own text, with its types: as one text of
 * TypeScript that loads what it needs as V1 does.
 *
 * @returns undefined for a function that can't be read by itself
 */
export function bundleTyped(text: string, local: LocalFiles): Bundle | undefined {
  const refused = (path: string, what: string): Bundle => ({
    kind: "refused",
    problems: [{ path, what, offset: entranceOf(text, local, path) }],
  });
  const typed = local.files.filter(({ path }) => isTypedPath(path));
  const marks = Marks.for([text, ...typed.map((file) => file.text)].join("\n"));
  if (marks === undefined) return refused(local.path, `has ${UNUSUAL.what}`);
  const parts = new Map<string, ErasedPart>();
  let first = 0;
  for (const file of [{ path: local.path, text, links: local.links }, ...typed]) {
    const erased = eraseTypes(file.text, {
      shared: { marks, first },
      neighbours: neighboursOf(local.files, file.links),
    });
    const isOwn = file.path === local.path;
    if ("message" in erased || erased.obstacles.length > 0) {
      if (isOwn) return "message" in erased ? undefined : unclearDefault(text, local, erased.obstacles);
      const what =
        "message" in erased ? `does not parse (${erased.message})` : `has ${erased.obstacles[0]?.what ?? ""}`;
      return refused(file.path, what);
    }
    parts.set(file.path, partOf(file, erased, first));
    first += erased.pieces.length;
  }
  const own = parts.get(local.path);
  return own === undefined ? undefined : whole(text, local, parts, own, refused);
}

/** What only the files that it loads make unclear of a function's own text; undefined for all else. */
function unclearDefault(text: string, { links }: LocalFiles, obstacles: readonly Obstacle[]): Bundle | undefined {
  const problems = obstacles.flatMap(({ what, offset }): Problem[] => {
    const link = links.find(({ source }) => what.includes(`from "${source}"`));
    return link === undefined || !("path" in link) ? [] : [{ path: link.path, what: `is taken by ${what}`, offset }];
  });
  const alone = eraseTypes(text);
  return "message" in alone || alone.obstacles.length > 0 ? undefined : { kind: "refused", problems };
}

function whole(
  text: string,
  local: LocalFiles,
  parts: ReadonlyMap<string, ErasedPart>,
  own: ErasedPart,
  refused: (path: string, what: string) => Bundle,
): Bundle | undefined {
  for (const { path, types } of parts.values()) {
    if (path === local.path) continue;
    const changing = [...types.exports.values()].find((name) => types.variables.has(name));
    if (changing !== undefined) return refused(path, `exports \`${changing}\`, which is no \`const\``);
    if (types.namesFiles) return refused(path, "names a file in a type (`import(…)`)");
  }
  const files = local.files.map((file) => ({ ...file, text: parts.get(file.path)?.erased.text ?? file.text }));
  let made: Bundle;
  try {
    made = bundle(createModel(parseSource(own.erased.text)), { ...local, files });
  } catch (error) {
    if (error instanceof SourceSyntaxError) return undefined;
    throw error;
  }
  if (made.kind === "refused") return { ...made, problems: made.problems.map((problem) => inTyped(own, problem)) };
  const { renamed, strict, originOf, paths, text: javascript } = made;
  const isRenamed = (path: string, name: string): boolean => renamed.get(path)?.has(name) !== false;
  const restored = restoreWhole(createModel(parseSource(javascript)), parts, own, isRenamed);
  if ("problem" in restored) return refused(restored.path, restored.problem);
  const { edited } = restored;
  if (!hasJavaScript(edited.text, javascript)) return refused(own.path, "has types that can't be put into one file");
  return {
    kind: "text",
    text: edited.text,
    paths: [...new Set([...paths, ...restored.paths])],
    renamed,
    strict,
    originOf: (offset) => {
      const { offset: at, other } = originOf(edited.originalOffset(offset));
      const part = other === undefined ? undefined : parts.get(other.path);
      const file = local.files.find(({ path }) => path === other?.path);
      const there = part === undefined || other === undefined ? undefined : part.erased.originalOffset(other.offset);
      const line = there === undefined || file === undefined ? other?.line : placeAt(file.text, there).line;
      return {
        offset: own.erased.originalOffset(at),
        other: other === undefined ? undefined : { ...other, line: line ?? other.line },
      };
    },
  };
}

function partOf(
  { path, text, links }: { readonly path: string; readonly text: string; readonly links: readonly LocalLink[] },
  erased: Erased,
  first: number,
): ErasedPart {
  const types = fileTypes(text);
  const fileOf = (source: string): string | undefined => {
    const link = isLocalSource(source) ? linkOf(links, source) : undefined;
    return link === undefined || !("path" in link) ? undefined : link.path;
  };
  const mixed = new Set(erased.typeImports.map(({ local }) => local));
  const kept = [...types.imports].flatMap(([name, { source }]) =>
    mixed.has(name) || isLocalSource(source) ? [] : [name],
  );
  return { path, types, fileOf, kept: new Set(kept), erased, first };
}

function inTyped({ erased }: ErasedPart, problem: Problem): Problem {
  return { ...problem, offset: erased.originalOffset(problem.offset) };
}

/** Where the function's text leads to a file, directly or by others. */
function entranceOf(text: string, local: LocalFiles, path: string): number {
  const leads = (links: readonly LocalLink[], seen: ReadonlySet<string>): LocalLink | undefined =>
    links.find((link) => {
      if (!("path" in link) || seen.has(link.path)) return false;
      const file = local.files.find((each) => each.path === link.path);
      return link.path === path || leads(file?.links ?? [], new Set([...seen, link.path])) !== undefined;
    });
  const link = leads(local.links, new Set());
  return link === undefined ? 0 : Math.max(0, text.indexOf(link.source) - 1);
}
