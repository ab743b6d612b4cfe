import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

import { realPath } from "../../disk/workspace.ts";
import type { ProjectRules } from "../../migrate/project-rules.ts";
import { ignorePatterns } from "../../migrate/run-ignore.ts";
import type { AcceptedEntry } from "./check.ts";
import { checkConfiguration } from "./check.ts";
import { findConfiguration, manifestKey } from "./find.ts";
import type { ProjectChoices } from "./project-options.ts";
import { projectOptions } from "./project-options.ts";

/** What a project says of its migration. */
export interface Configuration extends ProjectChoices {
  /** Its file, relative to the working directory; undefined where there is none. */
  readonly file: string | undefined;
  readonly accepted: readonly AcceptedEntry[];
  /** What its owner should know of it, as sentences. */
  readonly notices: readonly string[];
  /** What it says of single files, with what the command line says on top. */
  readonly rulesFor: (given: ProjectChoices) => ProjectRules;
}

interface Override {
  readonly covers: (path: string) => boolean;
  readonly choices: ProjectChoices;
}

/**
 * Reads the configuration that counts in a folder.
 *
 * @throws {BadConfiguration} where it says something wrong
 */
export async function readConfiguration(cwd: string): Promise<Configuration> {
  const show = (path: string): string => relative(cwd, path).replaceAll(sep, "/");
  const found = await findConfiguration(cwd, show);
  if (found === undefined) return { file: undefined, accepted: [], notices: [], rulesFor: () => ({}) };
  const file = show(found.path);
  const {
    ignore: ignored = [],
    overrides = [],
    accepted = [],
    ...value
  } = checkConfiguration(found.path.endsWith("package.json") ? `${file}, key "${manifestKey}"` : file, found.value);
  const folder = dirname(found.path);
  const choices = choicesIn(value);
  const special = overrides.map((each): Override => ({
    covers: matcher(folder, each.files),
    choices: choicesIn(each),
  }));
  return {
    ...choices,
    file,
    accepted,
    notices: overrides.flatMap(({ files }, index) =>
      missingPaths(folder, files).map(
        (path) => `${file}: "overrides[${String(index)}].files" names ${path}, which does not exist`,
      ),
    ),
    rulesFor: (given) => ({
      source: file,
      accepted: accepted.map((each) => {
        const path = resolve(folder, each.path);
        return { ...each, path, shown: show(path) };
      }),
      isIgnored: matcher(folder, ignored),
      choicesFor: (path) => {
        const own = special.filter(({ covers }) => covers(path)).map((each) => each.choices);
        return [choices, ...own, given].reduce((all, each) => ({ ...all, ...each }), {});
      },
    }),
  };
}

function choicesIn(value: object): ProjectChoices {
  const said = projectOptions.flatMap(({ key, field }) => {
    const found: unknown = Reflect.get(value, key);
    return found === undefined ? [] : [[field, found]];
  });
  return Object.fromEntries(said) as ProjectChoices;
}

/** The patterns that can mean one path only, and mean one that is not there: a folder was renamed, or the name is wrong. */
function missingPaths(folder: string, patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const path = pattern.trim().replace(/^\//u, "");
    const isOnePath = /\/./u.test(path) && !/^[!#]|[*?[\\]/u.test(path);
    return isOnePath && !existsSync(join(folder, path));
  });
}

/** Whether patterns as in .gitignore name a path, or a folder above it, under the name that is given or behind all links. */
function matcher(folder: string, patterns: readonly string[]): (path: string, kind?: "file" | "folder") => boolean {
  if (patterns.length === 0) return () => false;
  const rules = ignorePatterns(patterns);
  const covers = (root: string, path: string, kind: "file" | "folder"): boolean => {
    const inside = relative(root, path).replaceAll(sep, "/");
    if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return false;
    return rules.ignores(kind === "folder" ? `${inside}/` : inside);
  };
  const root = realPath(folder);
  return (path, kind = "file") => covers(folder, path, kind) || covers(root, realPath(path), kind);
}
