import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What package.json says of this package. */
interface ThisPackage {
  readonly version: string;
  /** The page of the repository. */
  readonly homepage: string;
}

function readManifest(): ThisPackage {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest && "homepage" in manifest) {
    const [homepage = ""] = String(manifest.homepage).split("#");
    return { version: String(manifest.version), homepage };
  }
  throw new Error(`${join(folder, "package.json")} has no version or no homepage; install faas-migrate again`);
}

// Read when the module is loaded: what the command may read later on is the user's business.
const { version, homepage } = readManifest();

/** The version of this package, from the package.json nearest to this module: `src` and `dist` differ in depth. */
export function packageVersion(): string {
  return version;
}

/** The address of a file of this version in the repository. */
export function pageUrl(path: string): string {
  return `${homepage}/blob/v${version}/${path}`;
}
