import { configName, isFunctionFileName } from "../platform/function-files.ts";
import type { FileResult, Verdict } from "../migrate/result.ts";
import { needsPerson } from "./summary.ts";

/** A function as its owner counts: the file of its handler, and its config.json where that has something to say. */
export interface FunctionView {
  /** What its owner calls it: the name of its folder, or its path where that says more. */
  readonly name: string;
  /** The file that a reader opens first. */
  readonly path: string;
  readonly files: readonly FileResult[];
  /** The worst one of its files: what is refused stays as it is, all of it. */
  readonly verdict: Verdict;
  readonly needsPerson: boolean;
  /** Whether it stays as it is, and its owners accept that. */
  readonly isAccepted: boolean;
}

/** The files of a run, by what they are. */
export interface RunView {
  readonly functions: readonly FunctionView[];
  /** What surrounds the functions: settings.json, package.json, unit tests that load a function. */
  readonly others: readonly FileResult[];
}

const worstFirst: readonly Verdict[] = ["failed", "refused", "mechanical", "migrated", "unchanged"];

/** What is told of a file that is not a function, because it loads one or names the toolbelt of V1. */
const ofLoaders: ReadonlySet<string> = new Set(["function-loaded", "legacy-code-shown", "legacy-toolbelt-named"]);

/** The functions to which some paths belong, each once, by its name. */
export function functionNames(paths: readonly string[]): readonly string[] {
  return [...new Set(nameOnce([...new Set(paths.map(keyOf))]).values())];
}

/** Sorts the files of a run into functions, in the order of their paths, and what surrounds them. */
export function viewOf(files: readonly FileResult[]): RunView {
  const others = files.filter(isAround);
  const groups = new Map<string, FileResult[]>();
  for (const file of files) {
    if (isAround(file)) continue;
    const key = keyOf(file.path);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const named = nameOnce([...groups.keys()]);
  return { functions: [...groups].map(([key, members]) => functionOf(named.get(key) ?? key, members)), others };
}

/** What the files of one function share: its folder, or the one file that it is. */
function keyOf(path: string): string {
  const { folder, name } = split(path);
  return isFunctionFileName(name) || name === configName ? folder : path;
}

function isAround(file: FileResult): boolean {
  const { name } = split(file.path);
  if (name.endsWith(".json")) return name !== configName;
  return (
    file.verdict === "unchanged" &&
    file.reasons.length === 0 &&
    file.followUps.length > 0 &&
    file.followUps.every(({ id }) => ofLoaders.has(id))
  );
}

/** The functions that have another style than the run, as the end of a sentence that names its style: ` (idiomatic in 2)`. */
export function otherStyles(functions: readonly FunctionView[]): string {
  const styles = functions.flatMap(({ files }) => files.find(({ style }) => style !== undefined)?.style ?? []);
  const [first] = styles;
  return first === undefined ? "" : ` (${first} in ${String(styles.length)})`;
}

function functionOf(name: string, members: readonly FileResult[]): FunctionView {
  const files = members.toSorted((left, right) => rank(left) - rank(right));
  const verdict = worstFirst.find((each) => files.some((file) => file.verdict === each)) ?? "unchanged";
  const isWaiting = files.some(needsPerson);
  const isAccepted = !isWaiting && verdict === "refused";
  return { name, path: files[0]?.path ?? name, files, verdict, needsPerson: isWaiting, isAccepted };
}

/** A file around the functions, shown as one of them. */
export function viewOfOther(file: FileResult): FunctionView {
  return functionOf(file.path, [file]);
}

/** The handler before its config.json. */
function rank({ path }: FileResult): number {
  return path.endsWith(".json") ? 1 : 0;
}

/** Files of this name are in many folders: it does not say which function they hold. */
const vagueName = /^(?:app|function|handler|lambda|main)\.[cm]?[jt]s$/u;

/** As few of the last parts of each path as tell it from all others. */
function nameOnce(paths: readonly string[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  let [left, count] = [paths, 0];
  while (left.length > 0) {
    count += 1;
    const counts = new Map<string, number>();
    for (const path of left) counts.set(ending(path, count), (counts.get(ending(path, count)) ?? 0) + 1);
    const isClear = (path: string): boolean =>
      ending(path, count) === path || (counts.get(ending(path, count)) === 1 && (count > 1 || !isVague(path)));
    for (const path of left.filter(isClear)) named.set(path, ending(path, count) || ".");
    left = left.filter((path) => !isClear(path));
  }
  return named;
}

function ending(path: string, count: number): string {
  return path.split("/").slice(-count).join("/");
}

function isVague(path: string): boolean {
  return vagueName.test(split(path).name) && path.includes("/");
}

function split(path: string): { readonly folder: string; readonly name: string } {
  const end = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(end, 0)), name: path.slice(end + 1) };
}
