import { FILE_HEADERS_ONLY, createTwoFilesPatch } from "diff";

import type { Change } from "../migrate/run-result.ts";
import type { Colors } from "./colors.ts";
import { printableLine } from "../platform/printable.ts";

// Finding the shortest patch of two huge, very different texts takes minutes; nobody reads such a patch either.
const timeout = 10_000;

/**
 * The change of one file as a unified diff that `git apply` and `patch -p1` take.
 *
 * @param isTerminal whether it is shown to a person: then what could act on the terminal is written out, and the diff
 *   of a file that holds such characters can no longer be applied
 */
export function renderPatch(path: string, change: Change, colors: Colors, isTerminal: boolean): string {
  const options = { headerOptions: FILE_HEADERS_ONLY, timeout };
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, change.before, change.after, "", "", options);
  if (patch === undefined)
    return `${path}: the two texts differ too much to be compared in ${String(timeout / 1000)} s\n`;
  return patch
    .split("\n")
    .map((line, index) => colorLine(isTerminal ? printableLine(line) : line, index, colors))
    .join("\n");
}

function colorLine(line: string, index: number, colors: Colors): string {
  if (index < 2) return colors.bold(line);
  if (line.startsWith("@@")) return colors.cyan(line);
  if (line.startsWith("+")) return colors.green(line);
  if (line.startsWith("-")) return colors.red(line);
  return line;
}
