import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { LawEntry } from "./ledger.ts";

function lineOf({ law, counts }: LawEntry): string {
  const counted = Object.entries(counts).map(([name, count]) => `${count.toLocaleString("en")} ${name}`);
  return `  ${law}: ${counted.join(", ")}`;
}

/** Collects what the laws were tried on, and prints it as one list. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "faas-migrate-laws-"));
  project.provide("laws", folder);
  return () => {
    const entries = readdirSync(folder)
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as LawEntry);
    rmSync(folder, { recursive: true });
    process.stdout.write(`\nlaws\n${entries.map((entry) => `${lineOf(entry)}\n`).join("")}`);
  };
}
