import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Command } from "commander";

import { exitCodes } from "../../report/summary.ts";
import type { CliContext } from "../context.ts";
import { Misuse, createParser } from "../parser.ts";
import { replaceTextFile } from "../replace-text-file.ts";
import { newConfiguration, withDeclarations } from "../types-configuration.ts";

const description =
  "Tells editors and tsc about the toolbelts, in the repository of your functions: writes a jsconfig.json that names the " +
  "declarations of this package. Where there is a tsconfig.json or jsconfig.json, it only adds them to its list of " +
  "types, and says so.";

export function define(): Command {
  return createParser("faas-migrate types", "[options] [folder]", description)
    .argument("[paths...]")
    .option("--dry-run", "write nothing, say what would be done");
}

// eslint-disable-next-line @typescript-eslint/require-await -- a command is asynchronous
export async function run(parsed: Command, context: CliContext): Promise<number> {
  const [given = ".", ...more] = parsed.args;
  const folder = resolve(context.cwd, given);
  if (more.length > 0) throw new Misuse(`types takes one folder; ${String(parsed.args.length)} given`);
  if (!existsSync(folder)) throw new Misuse(`${given} does not exist; check the path`);

  const name = ["tsconfig.json", "jsconfig.json"].find((each) => existsSync(join(folder, each)));
  const path = join(folder, name ?? "jsconfig.json");
  const shown = relative(context.cwd, path);
  const tell = (line: string): void => {
    context.stdout.write(`${line}\n`);
  };
  const isDry = parsed.opts<{ dryRun?: true }>().dryRun === true;
  if (name === undefined) {
    if (!isDry) writeFileSync(path, newConfiguration, { flag: "wx" });
    tell(`${shown}: ${isDry ? "would be written" : "written"}; it names the declarations of both toolbelts`);
  } else {
    const text = readFileSync(path, "utf8");
    const change = withDeclarations(text);
    if (change.kind === "left") {
      tell(`${shown}: left as it is: ${change.why}`);
      return exitCodes.needsPerson;
    }
    if (change.text !== text && !isDry) replaceTextFile(path, change.text);
    const added = `${isDry ? "would add" : "added"} the declarations of the toolbelts to compilerOptions.types`;
    tell(`${shown}: ${change.text === text ? "names the declarations already" : added}`);
  }
  if (!isInstalled(folder)) tell("Install them there: npm install --save-dev faas-migrate");
  return exitCodes.done;
}

/** Whether what a configuration in the folder names would be found. */
function isInstalled(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "node_modules/faas-migrate/package.json"))) return true;
    if (at === dirname(at)) return false;
  }
}
