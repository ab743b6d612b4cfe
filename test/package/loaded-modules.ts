import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

import { sourcesIn } from "./sources.ts";
import { compiledCommand, contentOf, repository, tempFolder, v1Function } from "../cli/support.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Notes every module that is loaded, as its URL. */
const hook = `import { appendFileSync } from "node:fs";
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + "\\n");
  return next(url, context);
}
`;

/** The packages that the command loads, in order of the alphabet. */
function loadedBy(folder: string, command: string, ...argv: readonly string[]): string[] {
  const url = JSON.stringify(pathToFileURL(join(folder, "hook.mjs")));
  const register = `import { register } from "node:module"; register(${url});`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(register)}`, command, ...argv];
  const list = `${String(argv.length)}.txt`;
  const env = { ...process.env, LOADED: join(folder, list) };
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });
  expect(stderr).toBe("");
  const packages = contentOf(folder, list).matchAll(/\/node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//gu);
  return [...new Set([...packages].map(({ groups }) => groups?.["name"] ?? ""))].sort();
}

it("loads around a migration what every run needs, and the compiler for --typecheck only", () => {
  const folder = tempFolder({ "functions/a.js": v1Function, "hook.mjs": hook });
  const command = compiledCommand(folder);
  for (const name of ["clients", "core-functions-toolbelt", "events", "lp-faas-toolbelt"]) {
    copyFileSync(join(repository, `src/types/${name}.d.ts`), join(folder, `dist/src/types/${name}.d.ts`));
  }
  const without = loadedBy(folder, command, "--dry-run", "functions");
  const withTypes = loadedBy(folder, command, "--dry-run", "--typecheck", "functions");
  const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as Manifest;
  expect(without.filter((name) => Object.hasOwn(dependencies, name))).toEqual([
    "commander",
    "ignore",
    "jsonc-parser",
    "picocolors",
    "string-width",
    "wrap-ansi",
  ]);
  expect(withTypes.filter((name) => !without.includes(name))).toEqual(expect.arrayContaining(["ts-morph"]));
});

it("imports the compiler nowhere but where types are checked: TypeScript loads it when it meets a function", () => {
  const importing = sourcesIn("src").filter((path) =>
    /^import (?!type).*from "ts-morph"/mu.test(readFileSync(join(repository, path), "utf8")),
  );
  expect(importing.filter((path) => !path.startsWith("src/types/"))).toEqual([]);
});
