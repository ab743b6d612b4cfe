// Puts the modules of the command and of its packages, some hundred files, into a few: a process that migrates one file
// spends most of its time on finding and loading modules. What is asked for by its own address stays as tsc has written
// it: the library, the plugin, the transforms. So does the compiler, which few runs need.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";

/** The modules that a process or a thread begins with; each keeps its place and loads its part of the bundle. */
const entries = { main: "src/cli/main.js", worker: "src/migrate/worker.js", sandbox: "src/verify/sandbox/child.js" };

/**
 * A module that asks where it is gets the answer that it had outside of the bundle.
 *
 * @param {string} bundle the folder of the bundle
 * @returns {import("rolldown").Plugin}
 */
function keepAddresses(bundle) {
  return {
    name: "keep-addresses",
    transform(code, id) {
      if (!code.includes("import.meta.url")) return null;
      const address = `new URL(${JSON.stringify(posix(relative(bundle, id)))}, import.meta.url).href`;
      return { code: code.replaceAll("import.meta.url", address), map: null };
    },
  };
}

/** Where there are no handles for the files of the bundle, none of its code can say so. */
const tooFewHandles = `catch (error) {
  if (error?.code !== "EMFILE" && error?.code !== "ENFILE") throw error;
  process.stderr.write("faas-migrate: too many files are open; raise the limit (ulimit -n) and run again\\n");
  process.exitCode = 2;
}
`;

/** @param {string} path */
function posix(path) {
  return path.replaceAll("\\", "/");
}

/**
 * The licences of the packages whose code is in the bundle: they ask to be handed on with it.
 *
 * @param {readonly string[]} modules
 */
function licencesOf(modules) {
  const folders = modules.flatMap((id) => /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/u.exec(id)?.[0] ?? []);
  return [...new Set(folders)].toSorted().map((folder) => {
    const name = posix(folder).replace(/^.*\/node_modules\//u, "");
    const files = readdirSync(folder);
    const find = (/** @type {RegExp} */ pattern) => files.find((entry) => pattern.test(entry));
    // esrecurse has its licence in the readme.
    const file = find(/^licen[cs]e/iu) ?? find(/^readme/iu);
    if (file === undefined) throw new Error(`${name} has no licence; it can't be a part of the bundle.`);
    return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
}

/**
 * Bundles what tsc has written.
 *
 * @param {string} dist
 * @returns {Promise<string[]>} the files of the bundle
 */
export async function bundleCommand(dist) {
  const folder = join(dist, "command");
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(dist, path)])),
    platform: "node",
    external: "ts-morph",
    // The other form of jsonc-parser looks for its own files at run time.
    resolve: { mainFields: ["module", "main"] },
    plugins: [keepAddresses(folder)],
    logLevel: "warn",
  });
  const { output } = await bundle.write({ dir: folder, format: "esm", chunkFileNames: "[name]-[hash].js" });
  await bundle.close();
  const licences = join(folder, "LICENSES.txt");
  const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  writeFileSync(licences, licencesOf(modules).join(`\n${"-".repeat(80)}\n\n`));
  // What results are kept under: they hold for this very program.
  const build = join(folder, "BUILD.txt");
  const code = output.map((file) => (file.type === "chunk" ? file.code : "")).toSorted();
  // What is not bundled is of the version that stands there: another compiler reads other TypeScript.
  const manifest = readFileSync(join(dist, "../package.json"), "utf8");
  writeFileSync(
    build,
    createHash("sha256")
      .update([manifest, ...code].join("\n"))
      .digest("hex"),
  );
  for (const [name, path] of Object.entries(entries)) {
    const file = join(dist, path);
    const head = name === "main" ? "#!/usr/bin/env node\n" : "";
    // Node.js keeps what it has compiled where it can (22.1 and newer): the next start takes a part of the time.
    // A sandbox may write nothing.
    const compile = name === "sandbox" ? "" : `import module from "node:module";\nmodule.enableCompileCache?.();\n`;
    const load = `import("${posix(relative(dirname(file), join(folder, name)))}.js")`;
    const start = name === "main" ? `try {\n  await ${load};\n} ${tooFewHandles}` : `await ${load};\n`;
    writeFileSync(file, head + compile + start);
  }
  return [licences, build, ...output.map(({ fileName }) => join(folder, fileName))];
}
