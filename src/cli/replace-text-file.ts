import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all, through links to it. */
export function replaceTextFile(path: string, text: string): void {
  const isNew = !existsSync(path);
  const target = isNew ? path : realpathSync(path);
  const beside = `${target}.${String(process.pid)}.tmp`;
  try {
    writeFileSync(beside, text, isNew ? {} : { mode: statSync(target).mode });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
