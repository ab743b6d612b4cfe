import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { TextStore } from "../disk/text-store.ts";
import type { Workspace } from "../disk/workspace.ts";
import { cacheName, makeWorkspace, workspaceAt } from "../disk/workspace.ts";
import { isTypeScript } from "../typescript/compiler.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import type { SourceResult } from "./result.ts";
import type { MigrateSource } from "./run-outcome.ts";

/** Some ten thousand functions in both styles. */
const LIMITS = { entries: 20_000, bytes: 100_000_000 };

/** The cache of a run: which program fills it, and where. Survives the way between threads. */
export interface CachePlace {
  readonly workspace: Workspace;
  readonly folder: string;
  /** Changes with every change of the program. */
  readonly program: string;
}

/**
 * Where a run keeps what became of texts, so that the next one need not migrate them again.
 *
 * @param cwd where the command runs
 * @returns undefined for a program that is not bundled: of that nobody knows whether it has changed
 */
export function cachePlace(cwd: string): CachePlace | undefined {
  let build: string;
  try {
    build = readFileSync(fileURLToPath(new URL("../../command/BUILD.txt", import.meta.url)), "utf8");
  } catch {
    return undefined;
  }
  return cacheAt(cwd, `${build} ${process.version}`);
}

/** The same for a program that is known. */
export function cacheAt(cwd: string, program: string): CachePlace {
  const workspace = workspaceAt(cwd);
  return { workspace, folder: join(workspace.folder, cacheName), program };
}

/** To be called before a cache is filled: git must not find it. */
export function openCache({ workspace }: CachePlace): void {
  try {
    makeWorkspace(workspace);
  } catch {
    // Where nothing can be written, nothing is kept.
  }
}

/** To be called when a cache was filled: keeps it small. */
export function trimCache({ folder }: CachePlace): void {
  new TextStore(folder).trim(LIMITS);
}

/** Migrates what is not in the cache, and keeps it there. */
export function keeping(migrate: MigrateSource, place: CachePlace): MigrateSource {
  const store = new TextStore(place.folder);
  return (path, text, options) => {
    const result = migrate(path, text, options);
    // A fault of the tool, which speaks of the path, is looked at again.
    if (result.verdict !== "failed") store.write(keyOf(place, path, text, options), packed(result, text));
    return result;
  };
}

/** Gives what is in the cache, and undefined for what is not. */
export function kept(place: CachePlace): (...given: Parameters<MigrateSource>) => SourceResult | undefined {
  const store = new TextStore(place.folder);
  return (path, text, options) => {
    const found = store.read(keyOf(place, path, text, options));
    return found === undefined ? undefined : { text, ...(JSON.parse(found) as Omit<SourceResult, "text">) };
  };
}

/** A text that stays is not kept: who asks has it. */
function packed(result: SourceResult, before: string): string {
  const { text, ...rest } = result;
  return JSON.stringify(text === before ? rest : result);
}

/** All that a result depends on. Of the path, that is the language. */
function keyOf({ program }: CachePlace, path: string, text: string, options: MigrateOptions): string {
  const { style, transforms, ownEnvironment, ownAccounts, packages, bundleLocal, localFiles, ...rest } = options;
  rest satisfies Record<string, never>;
  const environment = ownEnvironment && [...ownEnvironment].sort();
  const choices = [style, transforms, environment, ownAccounts, packages, bundleLocal, localFiles];
  return createHash("sha256")
    .update(JSON.stringify([program, isTypeScript(path), choices.map((choice) => choice ?? null), text]))
    .digest("hex");
}
