// Compiles into dist. On top of what tsc does: files whose source is gone leave dist, or they would be published;
// declarations of modules that are not ours are copied; the modules of the command become a few; and the command becomes
// executable, because npx links the repository's own command as it is.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bundleCommand } from "./bundle.js";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(repository, "dist");
const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"));

const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--listEmittedFiles"], {
  cwd: repository,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
});
const marker = "TSFILE: ";
const lines = stdout.split(/\r?\n/u);
const emitted = new Set(
  lines.filter((line) => line.startsWith(marker)).map((line) => resolve(line.slice(marker.length))),
);
process.stdout.write(lines.filter((line) => !line.startsWith(marker)).join("\n"));

if (status === 0) {
  const declarations = join(dist, "src/types");
  mkdirSync(declarations, { recursive: true });
  for (const name of readdirSync(join(repository, "src/types"))) {
    if (!name.endsWith(".d.ts")) continue;
    copyFileSync(join(repository, "src/types", name), join(declarations, name));
    emitted.add(join(declarations, name));
  }
  for (const file of await bundleCommand(dist)) emitted.add(file);
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    const path = join(dist, name);
    if (!emitted.has(path) && statSync(path).isFile()) rmSync(path);
  }
  chmodSync(join(dist, "src/cli/main.js"), 0o755);
}
process.exitCode = status ?? 1;
