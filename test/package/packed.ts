import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import manifest from "../../package.json" with { type: "json" };

export const repository = resolve(import.meta.dirname, "../..");

/** A project that has the packed package installed, and nothing else but its runtime dependencies. */
export interface Installation {
  /** The folder of everything; to be removed in the end. */
  readonly root: string;
  readonly project: string;
  readonly tarball: string;
  /** The files of the tarball, in order. */
  readonly files: readonly string[];
}

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program; on Windows npm is a batch file, which needs a shell. */
export function run(program: string, args: readonly string[], cwd: string): Finished {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    shell: program === "npm" && process.platform === "win32",
  });
  return { status, stdout, stderr };
}

/** Runs a module of the repository's own packages, such as `typescript/lib/tsc.js`. */
export function runModule(specifier: string, args: readonly string[], cwd: string): Finished {
  return run(process.execPath, [fileURLToPath(import.meta.resolve(specifier)), ...args], cwd);
}

/**
 * Compiles the sources, packs them as `npm publish` would, and installs the tarball by hand: what lies in `dist` takes
 * no part in it, and nothing is downloaded.
 */
export function installPacked(): Installation {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "faas-migrate-packed-")));
  const [source, project] = [join(root, "source"), join(root, "project")];
  mkdirSync(source);
  for (const part of ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "docs", "schemas"]) {
    cpSync(join(repository, part), join(source, part), { recursive: true });
  }
  // Types are checked elsewhere; here they would only take time.
  const args = ["-p", "tsconfig.build.json", "--noCheck", "--outDir", join(source, "dist")];
  succeed(runModule("typescript/lib/tsc.js", args, repository));
  // The bundle takes packages in, which it looks for above the modules that ask for them.
  symlinkSync(join(repository, "node_modules"), join(source, "node_modules"), "junction");
  const bundle = pathToFileURL(join(repository, "scripts/bundle.js")).href;
  const code = `import { bundleCommand } from ${JSON.stringify(bundle)}; await bundleCommand(${JSON.stringify(join(source, "dist"))});`;
  succeed(run(process.execPath, ["--input-type=module", "--eval", code], source));
  rmSync(join(source, "node_modules"));
  const packed = succeed(run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", root], source));
  const { files, filename } = packReport(packed.stdout);

  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "faas-migrate"), { recursive: true });
  succeed(
    run("tar", ["-xzf", join(root, filename), "-C", join(modules, "faas-migrate"), "--strip-components=1"], root),
  );
  for (const name of Object.keys(manifest.dependencies)) linkPackage(name, modules);
  return { root, project, tarball: join(root, filename), files: files.map(({ path }) => path).sort() };
}

/** Links a package of the repository into another `node_modules`. */
export function linkPackage(name: string, modules: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(join(repository, "node_modules", name), join(modules, name), "junction");
}

/** A file of the installed package. */
export function installedText({ project }: Installation, path: string): string {
  return readFileSync(join(project, "node_modules/faas-migrate", path), "utf8");
}

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack --json` prints: a list up to npm 11, later an object by name. */
function packReport(json: string): PackReport {
  const report = JSON.parse(json) as readonly PackReport[] | Readonly<Record<string, PackReport>>;
  const [first] = Object.values(report);
  if (first === undefined) throw new Error(`npm pack says nothing of a tarball: ${json}`);
  return first;
}

function succeed(finished: Finished): Finished {
  if (finished.status !== 0) throw new Error(finished.stdout + finished.stderr);
  return finished;
}
