import { existsSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";

import { environmentNames } from "../analysis/runtime/config-variables.ts";
import { configName, isFunctionFileName } from "../platform/function-files.ts";
import { fillSentence, reasons } from "../platform/remarks.ts";
import { eventFollowUp, migrateFunctionConfig } from "./config-function.ts";
import { configTransform } from "./config-report.ts";
import type { SourceFile } from "./discover.ts";
import type { FileContent } from "./files.ts";
import { explainError, readSource } from "./files.ts";
import { readLocalFiles } from "./local-files.ts";
import { parseJson } from "./json-text.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import type { Migrated, Outcome, Unit } from "./run-outcome.ts";
import { migrateText, refusal, withReason } from "./run-outcome.ts";

/** The config.json of a function, as it was read. */
export interface ConfigFile {
  readonly source: SourceFile;
  readonly content: FileContent | { readonly kind: "unreadable"; readonly message: string };
}

/** Reads the config.json that belongs to a function file; undefined when the file has none. */
export function readConfig(file: SourceFile): ConfigFile | undefined {
  const absolute = join(dirname(file.absolute), configName);
  if (!isFunctionFileName(basename(file.absolute)) || !existsSync(absolute)) return undefined;
  const source: SourceFile = { path: posix.join(posix.dirname(file.path), configName), absolute, named: false };
  try {
    const content = readSource(absolute);
    return saysSomething(content) ? { source, content } : undefined;
  } catch (error) {
    return { source, content: { kind: "unreadable", message: explainError(error, "read") } };
  }
}

/** Of an object without environment variables nothing is said; what is not an object is not a config.json of a function. */
function saysSomething({ kind, text }: FileContent): boolean {
  if (kind !== "text" || text.includes("environmentVariables")) return true;
  const json = parseJson(text);
  return "problem" in json || json.root.type !== "object";
}

/** Lets the migration know what stands beside a function: its config.json, and the files that it loads. */
export function withSurroundings(
  file: SourceFile,
  { text }: FileContent,
  options: MigrateOptions,
  config: ConfigFile | undefined,
): MigrateOptions {
  const localFiles = readLocalFiles(file, text);
  const own = withEnvironment(options, config);
  return localFiles === undefined ? own : { ...own, localFiles };
}

/** Lets the migration know which environment variables are the user's own, whatever the platform calls its own. */
function withEnvironment(options: MigrateOptions, config: ConfigFile | undefined): MigrateOptions {
  if (config?.content.kind !== "text") return options;
  const ownEnvironment = environmentNames(config.content.text);
  return ownEnvironment.size === 0 ? options : { ...options, ownEnvironment };
}

/** Whether a run converts JSON files too. */
export function convertsConfigs({ transforms }: Pick<MigrateOptions, "transforms">): boolean {
  return transforms?.includes(configTransform.id) !== false;
}

/**
 * Converts the config.json of a function together with the function: when either of the two is refused, both stay as
 * they are. The config.json of a function that is V2 already is converted too.
 */
export function joinConfig(handler: Migrated, config: ConfigFile | undefined, options: MigrateOptions): Unit {
  if (config === undefined || !convertsConfigs(options) || isRefused(handler.outcome)) return [handler];
  const outcome = withEvent(convert(config, options), config, handler);
  const isSilent =
    outcome.kind === "result" && outcome.file.verdict === "unchanged" && outcome.file.followUps.length === 0;
  if (isSilent) return [handler];
  const member: Migrated = { source: config.source, outcome };
  return isRefused(outcome) ? [withheld(handler), member] : [handler, member];
}

/** Adds what the user has to try out when the function has changed. */
function withEvent(outcome: Outcome, { content }: ConfigFile, handler: Migrated): Outcome {
  if (outcome.kind !== "result" || content.kind !== "text" || isRefused(outcome)) return outcome;
  const isChanged = handler.outcome.kind === "result" && handler.outcome.change !== undefined;
  const event = isChanged ? eventFollowUp(content.text) : undefined;
  if (event === undefined) return outcome;
  return { ...outcome, file: { ...outcome.file, followUps: [event, ...outcome.file.followUps] } };
}

/** Whether the file must stay as it is. */
function isRefused(outcome: Outcome): boolean {
  if (outcome.kind === "error") return true;
  return outcome.kind === "result" && (outcome.file.verdict === "refused" || outcome.file.verdict === "failed");
}

function convert({ source, content }: ConfigFile, options: MigrateOptions): Outcome {
  if (content.kind === "unreadable") return { kind: "error", message: content.message };
  if (content.kind !== "text") return { kind: "result", file: refusal(source.path, content) };
  return migrateText(source.path, content.text, options, (_path, text) => migrateFunctionConfig(text));
}

/** The function waits for its config.json. */
function withheld(handler: Migrated): Migrated {
  const { source, outcome } = handler;
  if (outcome.kind !== "result" || outcome.change === undefined) return handler;
  const message = fillSentence(reasons["config-refused"].short, { file: configName });
  const file = withReason(source.path, "refused", { id: "config-refused", message, line: 1, column: 1 });
  const { helpers } = outcome;
  return { source, outcome: { kind: "result", file, ...(helpers && { helpers }) } };
}
