import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

import { repository } from "./packed.ts";

/** What a registry tells of one version of a package. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

interface Served {
  readonly manifest: Manifest;
  readonly tarball: () => Promise<Uint8Array>;
}

/** A registry for npm on this machine. */
export interface Registry {
  readonly url: string;
  readonly close: () => void;
}

/**
 * Serves the packages that the repository has installed, and the packed one, so that `npm install` runs as users type it
 * and nothing is downloaded.
 *
 * @param own the folder that the packed package was unpacked to, and its tarball
 */
export async function serveRegistry(own: { readonly folder: string; readonly tarball: string }): Promise<Registry> {
  const packages = new Map<string, Map<string, Served>>();
  const add = (folder: string, tarball: Served["tarball"]): void => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    const { name, version } = manifest;
    if (name === undefined || version === undefined) return;
    const versions = packages.get(name) ?? new Map<string, Served>();
    if (!versions.has(version)) packages.set(name, versions.set(version, { manifest, tarball }));
  };
  add(own.folder, () => Promise.resolve(readFileSync(own.tarball)));
  for (const folder of foldersIn(realpathSync(join(repository, "node_modules")))) add(folder, () => pack(folder));

  const server = createServer((request, response) => {
    const [name = "", version] = decodeURIComponent(request.url ?? "")
      .slice(1)
      .split("/-/");
    const versions = packages.get(name);
    const wanted = version === undefined ? undefined : versions?.get(version);
    if (versions === undefined) response.writeHead(404).end("{}");
    else if (wanted === undefined) response.end(JSON.stringify(documentOf(name, versions, urlOf(server.address()))));
    else void wanted.tarball().then((bytes) => response.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: urlOf(server.address()), close: () => server.close() };
}

function urlOf(address: AddressInfo | string | null): string {
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${String(address.port)}` : "";
}

/** What npm asks for by a package's name. The version that the repository uses itself comes first. */
function documentOf(name: string, versions: ReadonlyMap<string, Served>, url: string): object {
  const [latest = ""] = [...versions.keys()];
  const described = [...versions].map(([version, { manifest }]): [string, object] => [
    version,
    { ...manifest, dist: { tarball: `${url}/${name}/-/${version}` } },
  ]);
  return { name, "dist-tags": { latest }, versions: Object.fromEntries(described) };
}

/** The packages in a `node_modules`, those that it holds itself before those of its packages. */
function foldersIn(modules: string): string[] {
  const own = readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => (name.startsWith("@") ? readdirSync(join(modules, name)).map((each) => join(name, each)) : name))
    .map((name) => join(modules, name))
    .filter((folder) => existsSync(join(folder, "package.json")));
  const nested = own.map((folder) => join(folder, "node_modules")).filter((folder) => existsSync(folder));
  return [...own, ...nested.flatMap(foldersIn)];
}

async function pack(folder: string): Promise<Uint8Array> {
  const args = ["-czf", "-", "-C", folder, "--transform", String.raw`s,^\.,package,`, "--exclude=./node_modules", "."];
  return (await promisify(execFile)("tar", args, { encoding: "buffer", maxBuffer: 2 ** 30 })).stdout;
}
