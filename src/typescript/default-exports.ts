import { linkOf } from "../analysis/code/local-files.ts";
import type { LocalFile, LocalLink } from "../analysis/code/local-files.ts";
import { isDeclarationPath } from "../platform/function-files.ts";
import { isTypeScript } from "./compiler.ts";
import { fileTypes } from "./file-types.ts";
import type { DefaultOf } from "./found.ts";
import { plainJavaScript } from "./plain.ts";

/** What default imports of a file of the project are, by the files that it leads to. */
export function defaultOf(files: readonly LocalFile[], links: readonly LocalLink[]): DefaultOf {
  return (source) => {
    const link = linkOf(links, source);
    const path = link !== undefined && "path" in link ? link.path : undefined;
    const file = files.find((each) => each.path === path);
    if (file === undefined) return "depends";
    if (file.path.endsWith(".json")) return "all";
    if (!isTypeScript(file.path)) return "depends";
    const { hasDefault, isWhole } = fileTypes(file.text);
    if (hasDefault) return "default";
    return isWhole ? "all" : "depends";
  };
}

/** Files of the project as the JavaScript that they run as. */
export function plainFiles(files: readonly LocalFile[]): LocalFile[] {
  return files.map((file) => {
    if (isDeclarationPath(file.path)) return { ...file, text: "" };
    return { ...file, text: plainJavaScript(file.path, file.text, "v1", defaultOf(files, file.links)) };
  });
}
