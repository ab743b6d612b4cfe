import { isLocalSource, linkOf } from "../analysis/code/local-files.ts";
import type { LocalFile, LocalLink } from "../analysis/code/local-files.ts";
import { isDeclarationPath } from "../platform/function-files.ts";
import { isTypeScript } from "./compiler.ts";
import { fileTypes } from "./file-types.ts";
import type { Neighbours } from "./found.ts";
import { plainJavaScript } from "./plain.ts";

/** What a file has to know of those that it loads, by where its links lead. */
export function neighboursOf(files: readonly LocalFile[], links: readonly LocalLink[]): Neighbours {
  const fileOf = (source: string, of: readonly LocalLink[]): LocalFile | undefined => {
    const link = isLocalSource(source) ? linkOf(of, source) : undefined;
    return link === undefined || !("path" in link) ? undefined : files.find(({ path }) => path === link.path);
  };
  const valuesOf = (
    source: string,
    of: readonly LocalLink[],
    open: ReadonlySet<LocalFile>,
  ): ReadonlySet<string> | undefined => {
    const file = fileOf(source, of);
    if (file === undefined || !isTypeScript(file.path) || open.has(file)) return undefined;
    const types = fileTypes(file.text);
    const within = new Set([...open, file]);
    const isValue = (local: string): boolean => {
      const found = types.imports.get(local);
      if (found === undefined) return types.values.has(local);
      if (found.isType) return false;
      if (found.imported === undefined) return true;
      return valuesOf(found.source, file.links, within)?.has(found.imported) !== false;
    };
    const starred = types.stars.map((each) => valuesOf(each, file.links, within));
    if (types.isWhole || starred.includes(undefined)) return undefined;
    const own = [...types.exports].flatMap(([name, local]) => (isValue(local) ? [name] : []));
    return new Set([...own, ...starred.flatMap((names) => [...(names ?? [])]).filter((name) => name !== "default")]);
  };
  return {
    defaultOf: (source) => {
      const file = fileOf(source, links);
      if (file === undefined) return "depends";
      if (file.path.endsWith(".json")) return "all";
      if (!isTypeScript(file.path)) return "depends";
      const { hasDefault, isWhole } = fileTypes(file.text);
      if (hasDefault) return "default";
      return isWhole ? "all" : "depends";
    },
    valuesOf: (source) => valuesOf(source, links, new Set()),
  };
}

/** Files of the project as the JavaScript that they run as. */
export function plainFiles(files: readonly LocalFile[]): LocalFile[] {
  return files.map((file) => {
    if (isDeclarationPath(file.path)) return { ...file, text: "" };
    return { ...file, text: plainJavaScript(file.path, file.text, "v1", neighboursOf(files, file.links)) };
  });
}
