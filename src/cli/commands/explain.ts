import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Command } from "commander";

import { exitCodes } from "../../report/summary.ts";
import type { ExplainStyle } from "../../report/explain.ts";
import type { CliContext } from "../context.ts";
import { Misuse, createParser } from "../parser.ts";

const description =
  "Explains a word of the overview, such as http-option or mechanical, a transform, a rule of the ESLint plugin, or what " +
  "is said about a line of a function: functions/order/index.js:12. It writes nothing.";

export function define(): Command {
  return createParser("faas-migrate explain", "<id | file:line>", description).argument("[what...]");
}

export async function run(parsed: Command, { cwd, stdout, env }: CliContext): Promise<number> {
  const [what] = parsed.args;
  if (what === undefined || parsed.args.length > 1) {
    throw new Misuse(`explain takes one id or one file:line; ${String(parsed.args.length)} given`);
  }
  const { colorsFor } = await import("../../report/colors.ts");
  const isTerminal = stdout.isTTY === true;
  const width = Math.min(isTerminal ? (stdout.columns ?? 100) : 100, 100);
  const style: ExplainStyle = { colors: colorsFor(isTerminal, env), width };
  const { explainId, explainedIds } = await import("../../report/explain.ts");
  const place = /^(?<file>.+?):(?<line>\d{1,7})(?::\d+)?$/u.exec(what)?.groups;
  const text =
    place === undefined
      ? (explainId(what, style) ?? (await explainOther(what, style)))
      : await explainPlace(place, cwd, style);
  if (text === undefined) throw new Misuse(`unknown word "${what}"${similar(what, explainedIds)}`);
  stdout.write(text);
  return exitCodes.done;
}

async function explainOther(word: string, style: ExplainStyle): Promise<string | undefined> {
  const { explanation } = await import("../../report/explain.ts");
  const explained = await (await import("../explain-words.ts")).otherWord(word);
  return explained && explanation(explained, style);
}

async function explainPlace(
  place: Readonly<Record<string, string | undefined>>,
  cwd: string,
  style: ExplainStyle,
): Promise<string> {
  const { file: path = "", line = "" } = place;
  const { runMigration } = await import("../../migrate/run.ts");
  const project = (await (await import("../configuration/configuration.ts")).readConfiguration(cwd)).rulesFor({});
  const { explainLine, explainedLines } = await import("../../report/explain.ts");
  const { files, errors } = (await runMigration([path], { cwd, dryRun: true }, { project })).result;
  const [error] = errors;
  if (error !== undefined) throw new Misuse(`${error.path} ${error.message}`);
  const source = readFileSync(resolve(cwd, path), "utf8");
  const { migratedFile } = await import("../../report/last-run.ts");
  const { file, before } = migratedFile(cwd, path, source) ?? { file: files[0], before: source };
  if (file === undefined) throw new Misuse(`${path} is not a function; give the path of a function and a line`);
  const text = explainLine(file, before, Number(line), style);
  if (text !== undefined) return text;
  const lines = explainedLines(file);
  const where = lines.length === 0 ? "on any line" : `on line ${line}, but on ${lines.join(", ")}`;
  return `${path} is ${file.verdict}, and there is no remark ${where}.\n`;
}

function similar(word: string, ids: readonly string[]): string {
  const likely = ids.filter((id) => id.split("-").some((part) => part.length > 3 && word.includes(part))).slice(0, 4);
  return likely.length === 0 ? "; see docs/reasons.md for all words" : `; did you mean ${likely.join(", ")}?`;
}
