import { realpathSync, renameSync, statSync, writeFileSync } from "node:fs";

/** Replaces a file whole or not at all, through links to it. */
export function replaceTextFile(path: string, text: string): void {
  const target = realpathSync(path);
  const beside = `${target}.${String(process.pid)}.tmp`;
  writeFileSync(beside, text, { mode: statSync(target).mode });
  renameSync(beside, target);
}
