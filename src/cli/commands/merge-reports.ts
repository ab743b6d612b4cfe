import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Command } from "commander";

import { errorMessage } from "../../migrate/files.ts";
import type { RunResult } from "../../migrate/run-result.ts";
import { exitCodeOf } from "../../report/summary.ts";
import type { CliContext } from "../context.ts";
import { collect } from "../option-values.ts";
import { Misuse, createParser } from "../parser.ts";
import { checkReports, writeReports } from "../reports.ts";

interface Values {
  readonly report?: readonly string[];
  readonly json?: true;
  readonly check?: true;
  readonly strict?: true;
  readonly verbose?: true;
}

const description =
  "Combines the results of runs with --shard: .json reports, or what --json printed. Shows them on the terminal, " +
  "writes reports of them, and exits as one run over all functions would.";

export function define(): Command {
  return createParser("faas-migrate merge-reports", "[options] <json...>", description)
    .argument("[files...]")
    .option("--report <file>", "write a report: .md, .html, .json, .sarif or .codequality.json; may repeat", collect)
    .option("--json", "print the whole result as one JSON object, and nothing else, on standard output")
    .option("--check", "exit 1 when a file would change or needs a person")
    .option("--strict", "exit 1 also when something is left to do outside the code")
    .option("--verbose", "show everything: each function, and each change with its places");
}

export async function run(parsed: Command, { cwd, stdout, env }: CliContext): Promise<number> {
  const { report: reports = [], ...values } = parsed.opts<Values>();
  if (parsed.args.length === 0) throw new Misuse("merge-reports takes the JSON reports of all shards; none given");
  checkReports(reports);
  const { mergeResults, Unmergeable } = await import("../../report/merge.ts");
  let result: RunResult;
  try {
    result = mergeResults(parsed.args.map((name) => ({ name, result: readReport(name, cwd) })));
  } catch (error) {
    if (error instanceof Unmergeable) throw new Misuse(`these reports do not make one run: ${error.message}`);
    throw error;
  }
  await writeReports(reports, cwd, { result, changes: new Map() });
  if (values.json === true) {
    stdout.write((await import("../../report/json.ts")).renderJson(result));
  } else {
    const { colorsFor } = await import("../../report/colors.ts");
    const { renderTerminal } = await import("../../report/terminal.ts");
    const isTerminal = stdout.isTTY === true;
    const [report] = reports;
    const colors = colorsFor(isTerminal, env);
    const columns = isTerminal ? stdout.columns : undefined;
    const shown = { colors, columns, isVerbose: values.verbose === true, ...(report !== undefined && { report }) };
    stdout.write(renderTerminal(result, shown));
  }
  return exitCodeOf(result, { check: values.check === true, strict: values.strict === true });
}

function readReport(file: string, cwd: string): RunResult {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(resolve(cwd, file), "utf8"));
  } catch (error) {
    throw new Misuse(`${file} cannot be read as JSON: ${errorMessage(error)}`);
  }
  if (!isResult(value))
    throw new Misuse(`${file} is not a report of faas-migrate; give a file that --json or --report x.json wrote`);
  return value;
}

function isResult(value: unknown): value is RunResult {
  if (typeof value !== "object" || value === null) return false;
  const result = value as Partial<Record<keyof RunResult, unknown>>;
  return typeof result.version === "string" && Array.isArray(result.files) && Array.isArray(result.errors);
}
