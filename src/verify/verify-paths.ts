import { readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { discover } from "../migrate/discover.ts";
import { isTest, mayHoldFunction } from "../migrate/recognize.ts";
import type { SourceFile } from "../migrate/discover.ts";
import { explainError } from "../migrate/files.ts";
import { isLegacyCode } from "../migrate/legacy-text.ts";
import { readLocalFiles } from "../migrate/local-files.ts";
import { migrateSource } from "../migrate/migrate-source.ts";
import type { Style } from "../migrate/migrate-source.ts";
import type { FileProof } from "../migrate/result.ts";
import { packageVersion } from "../platform/this-package.ts";
import { DECLARED_IDS, PLATFORM_IDS } from "./compare/declared.ts";
import { fileProof, proofJob } from "./function-proof.ts";
import type { Declared, ProofOptions } from "./function-proof.ts";
import { poolFor } from "./prove-run.ts";
import type { SandboxPool } from "./pool.ts";

/** What `faas-migrate verify` is asked. */
export interface VerifyOptions extends ProofOptions {
  /** Absolute path that relative paths start from. */
  readonly cwd: string;
  readonly style: Style;
  readonly child?: URL;
}

/** Two texts of one function, by their paths as they are shown. */
export interface VerifiedPair {
  readonly old: string;
  readonly new: string;
  readonly proof: FileProof;
}

/** What `faas-migrate verify --json` prints. */
export interface VerifyResult {
  readonly version: string;
  readonly style: Style;
  readonly pairs: readonly VerifiedPair[];
  readonly summary: Readonly<Record<FileProof["kind"], number>>;
}

/** A path that can't be compared; the message is a whole sentence for the user. */
export class BadPath extends Error {}

/** Which text of one function is compared with which. */
interface Pair {
  readonly old: string;
  readonly new: string;
}

/**
 * Compares the functions of two files, or of two folders by their paths below these, and touches none.
 *
 * @throws BadPath when a path does not exist, or one is a file and the other a folder
 */
export async function verifyPaths(oldPath: string, newPath: string, options: VerifyOptions): Promise<VerifyResult> {
  const found = await pairsOf(resolve(options.cwd, oldPath), resolve(options.cwd, newPath), options.cwd);
  const pool = poolFor(
    found.map(({ old }) => old),
    options.child,
  );
  try {
    const pairs = await Promise.all(found.map((pair) => verifyPair(pair, pool, options)));
    const summary = { same: 0, differs: 0, "not-run": 0 };
    for (const { proof } of pairs) summary[proof.kind] += 1;
    return { version: packageVersion(), style: options.style, pairs, summary };
  } finally {
    pool.close();
  }
}

async function pairsOf(oldPath: string, newPath: string, cwd: string): Promise<Pair[]> {
  const [isFolder, isOther] = [isFolderAt(oldPath, cwd), isFolderAt(newPath, cwd)];
  if (isFolder !== isOther) throw new BadPath("verify compares two files or two folders, not one of each");
  if (!isFolder) return [{ old: oldPath, new: newPath }];
  const { files, errors } = await discover([oldPath], cwd);
  const [error] = errors;
  if (error !== undefined) throw new BadPath(`${error.path} ${error.message}`);
  const pairs = files
    .filter(isFunctionFile)
    .map(({ absolute }) => ({ old: absolute, new: join(newPath, relative(oldPath, absolute)) }));
  if (pairs.length === 0) throw new BadPath(`${shown(oldPath, cwd)} holds no V1 function`);
  return pairs;
}

function isFolderAt(path: string, cwd: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new BadPath(`${shown(path, cwd)} ${explainError(error, "read")}`, { cause: error });
  }
}

function isFunctionFile({ absolute }: SourceFile): boolean {
  if (isTest(absolute)) return false;
  const text = readText(absolute);
  return text !== undefined && mayHoldFunction(text) && isLegacyCode(text, absolute);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function shown(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll(sep, "/") || ".";
}

async function verifyPair(pair: Pair, pool: SandboxPool, options: VerifyOptions): Promise<VerifiedPair> {
  const names = { old: shown(pair.old, options.cwd), new: shown(pair.new, options.cwd) };
  const notRun = (reason: string): VerifiedPair => ({ ...names, proof: fileProof({ kind: "not-run", reason }) });
  const [original, migrated] = [readText(pair.old), readText(pair.new)];
  if (original === undefined) return notRun(`${names.old} can't be read`);
  if (migrated === undefined) return notRun(`${names.new} does not exist`);
  if (!isLegacyCode(original, pair.old)) return notRun(`${names.old} is not a V1 function`);
  if (isLegacyCode(migrated, pair.new)) return notRun(`${names.new} is still a V1 function`);
  const declared = declaredFor(pair.old, original, options.style);
  return { ...names, proof: fileProof(await pool.prove(proofJob(pair.old, original, migrated, declared, options))) };
}

/**
 * The differences that count as the same: those that our own migration would declare, and those that nobody can avoid
 * because the platforms themselves differ.
 */
function declaredFor(path: string, original: string, style: Style): Declared {
  const localFiles = readLocalFiles({ path: basename(path), absolute: path, named: true }, original);
  const options = { style, bundleLocal: true, ...(localFiles && { localFiles }) };
  const { differences, followUps } = migrateSource(path, original, options);
  return { differences, followUps, ids: style === "idiomatic" ? DECLARED_IDS : PLATFORM_IDS };
}
