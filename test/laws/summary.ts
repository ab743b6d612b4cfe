import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Fault } from "./faults.ts";
import type { LawEntry } from "./ledger.ts";

function faultOf({ kind, fixtures = {}, tests = [] }: Fault): string {
  const held = [...Object.entries(fixtures).map(([name, verdict]) => `${name} (${verdict})`), ...tests];
  return [`  ${kind}`, ...held.map((name) => `    ${name}`)].join("\n");
}

function lawOf({ law, counts }: LawEntry): string {
  const counted = Object.entries(counts).map(([name, count]) => `${count.toLocaleString("en")} ${name}`);
  return `  ${law}: ${counted.join(", ")}`;
}

/** Collects what the laws were tried on, and prints it as one list. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "faas-migrate-laws-"));
  project.provide("laws", folder);
  return () => {
    const names = readdirSync(folder).sort();
    const entriesOf = (what: string): unknown[] =>
      names
        .filter((name) => name.startsWith(`${what}-`))
        .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown);
    const laws = (entriesOf("law") as LawEntry[]).map(lawOf);
    const faults = (entriesOf("fault") as Fault[]).map(faultOf);
    rmSync(folder, { recursive: true });
    process.stdout.write(["\nfaults, and what holds them", ...faults, "\nlaws", ...laws, ""].join("\n"));
  };
}
