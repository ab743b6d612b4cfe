import type { Command } from "commander";

import type { MigrateFilesOptions, Seams } from "../../migrate/run.ts";
import { printable } from "../../platform/printable.ts";
import { exitCodeOf, exitCodes } from "../../report/summary.ts";
import type { ProgressBar } from "../../report/progress.ts";
import { askedReasons } from "../asked-reasons.ts";
import { commandTable } from "../command-table.ts";
import type { Configuration } from "../configuration/configuration.ts";
import type { CliContext, CliSeams } from "../context.ts";
import { exitCodeMeanings, listMeanings, verdictMeanings } from "../help-texts.ts";
import { defineMigrate, readMigrate } from "../migrate-request.ts";
import type { MigrateRequest } from "../migrate-request.ts";
import { Misuse } from "../parser.ts";
import { exitCodeOfSignal, tellOfSignals } from "../signals.ts";
import { proofOptions } from "../proof-options.ts";
import { showRun } from "../show-run.ts";

export function define(): Command {
  const commands = [...commandTable].map(([name, { summary }]) => [name, summary] as const);
  const paragraphs = [
    ["Commands (faas-migrate <command> --help says more):", commands],
    ["Verdicts:", verdictMeanings],
    ["Exit codes; when several apply, the highest one:", exitCodeMeanings],
  ] as const;
  const command = defineMigrate();
  for (const [title, meanings] of paragraphs) {
    command.addHelpText("after", (context) => listMeanings(title, meanings, context.command));
  }
  return command;
}

export async function run(parsed: Command, context: CliContext, seams: CliSeams): Promise<number> {
  const { version, list, json } = parsed.opts<{ version?: true; list?: true; json?: true }>();
  if (version === true) {
    context.stdout.write(`${(await import("../../platform/this-package.ts")).packageVersion()}\n`);
    return exitCodes.done;
  }
  if (list === true) {
    context.stdout.write(await listTransforms(json === true));
    return exitCodes.done;
  }
  return migrate(parsed, context, seams);
}

async function migrate(parsed: Command, context: CliContext, seams: CliSeams): Promise<number> {
  const request = readMigrate(parsed);
  if (request.stdinPath !== undefined) {
    return (await import("../stdin.ts")).migrateStdin(request.stdinPath, request, context, seams);
  }
  const start = performance.now();
  const { runMigration, unknownTransforms } = await import("../../migrate/run.ts");
  const unknown = await unknownTransforms(request.transforms);
  if (unknown !== undefined) throw new Misuse(unknown);

  const configuration = await (await import("../configuration/configuration.ts")).readConfiguration(context.cwd);
  const prove = await inspectorFor(request, context, seams);
  const bar = await progressBar(request, context);
  const choose = request.interactive ? await chooserFor(request, configuration, context, seams) : undefined;
  const leaveSignals = tellOfSignals(context.stderr);
  const run = await runMigration(request.paths, runOptions(request, configuration, context), {
    ...seams,
    project: configuration.rulesFor(request.choices),
    unseenReasons: unseenReasons(request),
    findTodos: request.check,
    ...(prove && { prove }),
    ...(bar && { onProgress: bar.onProgress }),
    ...(choose && {
      choose: (units) => {
        bar?.end();
        leaveSignals();
        return choose(units);
      },
    }),
    onWriting: leaveSignals,
  }).finally(() => {
    bar?.end();
    leaveSignals();
  });
  const notices = [...configuration.notices, ...run.notices];
  for (const notice of notices) context.stderr.write(`faas-migrate: ${printable(notice)}\n`);
  await showRun({ run, request, parsed, seconds: (performance.now() - start) / 1000 }, context);
  return run.signal === undefined ? exitCodeOf(run.result, request) : exitCodeOfSignal(run.signal);
}

async function progressBar({ json }: MigrateRequest, { stderr, env }: CliContext): Promise<ProgressBar | undefined> {
  if (stderr.isTTY !== true) return undefined;
  const { createProgressBar, wantsProgress } = await import("../../report/progress.ts");
  return wantsProgress(env, json) ? createProgressBar(stderr) : undefined;
}

/** What asks a person about each function. */
async function chooserFor(
  request: MigrateRequest,
  configuration: Configuration,
  context: CliContext,
  seams: CliSeams,
): Promise<NonNullable<Seams["choose"]>> {
  if (context.stdin?.isTTY !== true || context.stdout.isTTY !== true) {
    throw new Misuse("--interactive asks questions, so it needs a terminal; look with --dry-run --diff instead");
  }
  const { askAbout } = await import("../interactive.ts");
  const migrate = seams.migrateSource ?? (await import("../../migrate/migrate-source.ts")).migrateSource;
  const { style = "faithful", packages, ownAccounts } = { ...configuration, ...request.choices };
  const options = {
    style,
    ...(packages && { packages }),
    ...(ownAccounts && { ownAccounts }),
    ...(request.transforms.length > 0 && { transforms: request.transforms }),
  };
  const { choicesFor } = configuration.rulesFor(request.choices);
  const prove = await inspectorFor({ ...request, force: true }, context, seams);
  return askAbout({
    context,
    isPart: request.transforms.length > 0,
    problemOf: ({ path, absolute }, text) => {
      const { verdict, reasons } = migrate(path, text, { ...options, ...choicesFor?.(absolute) });
      return verdict === "unchanged" ? undefined : (reasons[0]?.message ?? "It is V1 code.");
    },
    ...(prove && { prove }),
  });
}

/** Reasons that the run is not asked for. */
function unseenReasons({ proof, typecheck }: MigrateRequest): ReadonlySet<string> {
  const asked = new Set([...(proof === undefined ? [] : ["--verify"]), ...(typecheck ? ["--typecheck"] : [])]);
  return new Set([...askedReasons].filter(([, option]) => !asked.has(option)).map(([id]) => id));
}

/** What looks at the results before they are written: nothing, unless it was asked for. */
async function inspectorFor(request: MigrateRequest, { cwd }: CliContext, seams: CliSeams): Promise<Seams["prove"]> {
  const prove = await proverFor(request, seams);
  if (!request.typecheck) return prove;
  const { checkUnits, BadConfiguration } = await import("../../types/check-run.ts");
  return async (units, onProgress) => {
    try {
      return checkUnits((await prove?.(units, onProgress)) ?? units, cwd);
    } catch (error) {
      if (error instanceof BadConfiguration) throw new Misuse(error.message);
      throw error;
    }
  };
}

async function proverFor(request: MigrateRequest, { sandbox }: CliSeams): Promise<Seams["prove"]> {
  if (request.proof === undefined) return undefined;
  const { proveUnits } = await import("../../verify/prove-run.ts");
  const options = { ...(await proofOptions(request.proof)), force: request.force, ...(sandbox && { child: sandbox }) };
  return (units, onProgress) => proveUnits(units, options, onProgress);
}

function runOptions(request: MigrateRequest, configuration: Configuration, context: CliContext): MigrateFilesOptions {
  const { style, packages, ownAccounts, bundleLocal } = { ...configuration, ...request.choices };
  return {
    cwd: context.cwd,
    ...(style && { style }),
    ...(packages && { packages }),
    ...(ownAccounts && { ownAccounts }),
    ...(bundleLocal === true && { bundleLocal }),
    dryRun: request.dryRun || request.check,
    allowDirty: request.allowDirty,
    insertTodos: request.insertTodos,
    cache: request.cache,
    ...(request.shard && { shard: request.shard }),
    ...(request.transforms.length > 0 ? { transforms: request.transforms } : {}),
    ...(request.concurrency === undefined ? {} : { concurrency: request.concurrency }),
  };
}

async function listTransforms(asJson: boolean): Promise<string> {
  const { steps } = await import("../../migrate/steps.ts");
  const { configTransform } = await import("../../migrate/config-report.ts");
  const transforms = [...steps, configTransform];
  if (asJson) return `${JSON.stringify(transforms, undefined, 2)}\n`;
  const width = Math.max(...transforms.map(({ id }) => id.length));
  return transforms.map(({ id, description }) => `${id.padEnd(width)}  ${description}\n`).join("");
}
