import { relative, resolve, sep } from "node:path";

import { contentOf } from "../migrate/files.ts";
import type { MigrateOptions } from "../migrate/migrate-source.ts";
import { summarize } from "../migrate/run-result.ts";
import { packageVersion } from "../platform/this-package.ts";
import { printable } from "../platform/printable.ts";
import { exitCodeOf, exitCodes } from "../report/summary.ts";
import type { CliContext, CliSeams } from "./context.ts";
import type { MigrateRequest } from "./migrate-request.ts";
import { Misuse } from "./parser.ts";

/** Migrates what comes on standard input, for editors: the text goes to standard output, remarks beside it. */
export async function migrateStdin(
  path: string,
  request: MigrateRequest,
  { cwd, stdin, stdout, stderr }: CliContext,
  seams: CliSeams,
): Promise<number> {
  const { unknownTransforms } = await import("../migrate/run.ts");
  const unknown = await unknownTransforms(request.transforms);
  if (unknown !== undefined) throw new Misuse(unknown);
  const configuration = await (await import("./configuration/configuration.ts")).readConfiguration(cwd);
  const project = configuration.rulesFor(request.choices);
  const absolute = resolve(cwd, path);
  const file = { path: relative(cwd, absolute).replaceAll(sep, "/"), absolute, named: true };
  const bytes = await readAll(stdin);
  const say = (line: string): void => {
    stderr.write(`${printable(line)}\n`);
  };
  if (project.isIgnored?.(absolute, "file") === true) {
    say(`faas-migrate: ${file.path} is left out: the key "ignore" of ${project.source ?? ""} names it`);
    stdout.write(bytes);
    return exitCodes.done;
  }

  const style = request.choices.style ?? configuration.style ?? "faithful";
  const options: MigrateOptions = {
    style,
    ...request.choices,
    ...project.choicesFor?.(absolute),
    ...(request.transforms.length > 0 && { transforms: request.transforms }),
  };
  const { migrateGiven } = await import("../migrate/migrate-given.ts");
  const migrate = seams.migrateSource ?? (await import("../migrate/migrate-source.ts")).migrateSource;
  const { text, files, changesConfig } = migrateGiven(file, contentOf(bytes), options, project.accepted ?? [], migrate);
  stdout.write(text ?? bytes);
  for (const { path: of, verdict, reasons, differences, followUps } of files) {
    for (const { id, message, line, column } of [...reasons, ...differences, ...followUps]) {
      say(`${of}:${String(line)}:${String(column)}: ${verdict}: ${message} (${id})`);
    }
  }
  if (changesConfig) say(`${file.path}: the config.json next to it must change too: run faas-migrate on the file`);
  const result = { version: packageVersion(), style, dryRun: true, files, errors: [], summary: summarize(files) };
  return exitCodeOf(result, { check: false, strict: request.strict });
}

async function readAll(stdin: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
