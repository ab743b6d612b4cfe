import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

import type { Command } from "commander";

import { workspaceAt } from "../../disk/workspace.ts";
import type { FileResult } from "../../migrate/result.ts";
import { printable } from "../../platform/printable.ts";
import { exitCodes } from "../../report/summary.ts";
import { askedReasons } from "../asked-reasons.ts";
import type { AcceptedEntry } from "../configuration/check.ts";
import type { CliContext, CliSeams } from "../context.ts";
import { Misuse, createParser } from "../parser.ts";
import { replaceTextFile } from "../replace-text-file.ts";

const description =
  "Keeps a known reason in the configuration, so that --check passes. It fails again when the reason " +
  "changes or goes. The path is a function, or a folder of functions with the same reason.";

export function define(): Command {
  return createParser("faas-migrate accept", '<path> <reason-id> --because "…"', description)
    .argument("[what...]")
    .option("--because <why>", "why you accept it, for those who read the configuration")
    .option("--verbose", "list every accepted reason, however many there are");
}

export async function run(parsed: Command, context: CliContext, seams: CliSeams): Promise<number> {
  const [path, reason, ...more] = parsed.args;
  const because = parsed.opts<{ because?: string }>().because?.trim() ?? "";
  if (path === undefined || reason === undefined || more.length > 0) {
    throw new Misuse(`accept takes a path and the id of a reason; ${String(parsed.args.length)} given`);
  }
  if (because === "") throw new Misuse('accept needs --because "…": the reason, for those who read it later');
  const { reasons } = await import("../../platform/remarks.ts");
  if (!Object.hasOwn(reasons, reason)) throw new Misuse(`no reason is called "${reason}"; see docs/reasons.md`);

  const { cwd, stdout } = context;
  const configuration = await (await import("../configuration/configuration.ts")).readConfiguration(cwd);
  const file = configuration.file === undefined ? newFile(cwd) : resolve(cwd, configuration.file);
  const { runMigration } = await import("../../migrate/run.ts");
  const project = configuration.rulesFor({});
  const { result, notices } = await runMigration([path], { cwd, dryRun: true }, { ...seams, project });
  const [error] = result.errors;
  if (error !== undefined) throw new Misuse(`${error.path} ${error.message}`);
  const found = result.files.filter((each) => each.reasons.some(({ id }) => id === reason));
  if (found.length === 0) throw new Misuse(notices[0] ?? missing(path, reason, result.files));

  const entries = found.map((each): AcceptedEntry => ({
    path: relative(dirname(file), resolve(cwd, each.path)).replaceAll(sep, "/"),
    reason,
    says: each.reasons.filter(({ id }) => id === reason).map(({ message }) => message),
    because,
  }));
  const shown = relative(cwd, file).replaceAll(sep, "/");
  if (!file.endsWith(".json")) {
    const added = entries.map((entry) => `${JSON.stringify(entry, undefined, 2)},\n`).join("");
    throw new Misuse(
      `${shown} is a program, which faas-migrate does not rewrite; add this to its list "accepted":\n${added.trimEnd()}`,
    );
  }
  const { emptyConfiguration, withAccepted } = await import("../configuration/edit.ts");
  const isManifest = file.endsWith("package.json");
  if (configuration.file === undefined)
    writeFileSync(file, withAccepted(emptyConfiguration, false, entries), { flag: "wx" });
  else replaceTextFile(file, withAccepted(readFileSync(file, "utf8"), isManifest, entries));
  const { someOf } = await import("../../report/lists.ts");
  const lines = entries.map((entry) => `${shown}: accepts ${reason} of ${printable(entry.path)}`);
  const isVerbose = parsed.opts<{ verbose?: true }>().verbose === true;
  for (const line of someOf(lines, "accepted reason", { isVerbose })) stdout.write(`${line}\n`);
  return exitCodes.done;
}

/** A configuration that is found from anywhere in the repository. */
function newFile(cwd: string): string {
  return join(workspaceAt(cwd).root, "faas-migrate.config.json");
}

function missing(path: string, reason: string, files: readonly FileResult[]): string {
  const ids = [...new Set(files.flatMap((each) => each.reasons.map(({ id }) => id)))];
  const option = askedReasons.get(reason);
  if (option !== undefined) {
    return `${reason} is found with ${option} only; write its entry into the configuration yourself, see docs/configuration.md`;
  }
  return `${path} has no reason ${reason}${ids.length === 0 ? "" : `, but ${ids.join(", ")}`}`;
}
