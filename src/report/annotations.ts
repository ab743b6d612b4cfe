import { createHash } from "node:crypto";

import type { FileResult, Remark } from "../migrate/result.ts";
import type { RunResult } from "../migrate/run-result.ts";
import { isChanged, openReasons } from "./summary.ts";

/**
 * What GitHub Actions shows beside the lines of a pull request: workflow commands, one a line, for the log of a step.
 * Differences and follow-ups are left out: GitHub shows ten of a kind, and these must be the ones that someone has to act on.
 */
export function renderGithub({ files, dryRun }: RunResult): string {
  const lines = files.flatMap((file) => [
    ...openReasons(file).map((remark) => command(isLeft(file) ? "error" : "warning", file, remark)),
    ...(dryRun && isChanged(file) ? [command("warning", file, notMigrated)] : []),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

const notMigrated: Remark = {
  id: "not-migrated",
  message: "This is written for V1, and can be migrated: run faas-migrate on it.",
  line: 1,
  column: 1,
};

function isLeft({ verdict }: FileResult): boolean {
  return verdict === "refused" || verdict === "failed";
}

function command(kind: "error" | "warning", { path }: FileResult, { id, message, line, column }: Remark): string {
  const properties = Object.entries({ file: path, line, col: column, title: `faas-migrate: ${id}` })
    .map(([name, value]) => `${name}=${property(String(value))}`)
    .join(",");
  return `::${kind} ${properties}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** What GitLab shows in a merge request: the format of its Code Quality report. */
export function renderGitlab({ files }: RunResult): string {
  const seen = new Map<string, number>();
  const issues = files.flatMap((file) =>
    [
      ...openReasons(file).map((remark) => [remark, isLeft(file) ? "major" : "minor"] as const),
      ...[...file.differences, ...file.followUps].map((remark) => [remark, "info"] as const),
    ].map(([{ id, message, line }, severity]) => {
      const key = `${file.path}\n${id}\n${message}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      // The line is not part of it: lines above may come and go, and it stays the same issue.
      const fingerprint = createHash("sha256")
        .update(`${key}\n${String(count)}`)
        .digest("hex");
      return {
        description: message,
        check_name: id,
        fingerprint,
        severity,
        location: { path: file.path, lines: { begin: line } },
      };
    }),
  );
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
