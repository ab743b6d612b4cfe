import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function readVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error(`${join(folder, "package.json")} has no version; install faas-migrate again`);
}

// Read when the module is loaded: what the command may read later on is the user's business.
const version = readVersion();

/** The version of this package, from the package.json nearest to this module: `src` and `dist` differ in depth. */
export function packageVersion(): string {
  return version;
}
