import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { printable } from "../platform/printable.ts";
import { formatOf, reportEndings } from "../report/formats.ts";
import type { ReportedRun } from "../report/reported-run.ts";
import { Misuse, NotWritten } from "./parser.ts";
import { replaceTextFile } from "./replace-text-file.ts";

/**
 * Looks at the names of reports before anything is done.
 *
 * @throws {Misuse} for an ending that stands for no format
 */
export function checkReports(files: readonly string[]): void {
  const unknown = files.find((file) => formatOf(file) === undefined);
  if (unknown === undefined) return;
  throw new Misuse(`a report ends in ${reportEndings.join(", ")}; "${unknown}" does not`);
}

/**
 * Writes the reports of a run.
 *
 * @throws {NotWritten} where a file can't be written
 */
export async function writeReports(files: readonly string[], cwd: string, run: ReportedRun): Promise<void> {
  for (const file of files) {
    const text = (await formatOf(file)?.(run)) ?? "";
    try {
      mkdirSync(dirname(resolve(cwd, file)), { recursive: true });
      replaceTextFile(resolve(cwd, file), text);
    } catch (error) {
      const { explainError } = await import("../migrate/files.ts");
      throw new NotWritten(printable(`the report ${file} ${explainError(error, "write")}; all else is done`));
    }
  }
}
