import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { formatOf, reportEndings } from "../report/formats.ts";
import type { ReportedRun } from "../report/reported-run.ts";
import { Misuse } from "./parser.ts";

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
 * @throws {Misuse} where a file can't be written
 */
export async function writeReports(files: readonly string[], cwd: string, run: ReportedRun): Promise<void> {
  for (const file of files) {
    const text = (await formatOf(file)?.(run)) ?? "";
    try {
      await mkdir(dirname(resolve(cwd, file)), { recursive: true });
      await writeFile(resolve(cwd, file), text);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Misuse(`the report ${file} cannot be written: ${cause}; the functions are as the overview says`);
    }
  }
}
