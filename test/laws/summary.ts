import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findCircles, linesOf, sourcesIn } from "../package/sources.ts";
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

/** The size of the two big folders, and whether files import each other in circles. */
function houseOf(): string[] {
  const [analysis, edits] = [sourcesIn("src/analysis"), sourcesIn("src/edits")];
  // Helper functions stand in files of JavaScript; their texts as the migration writes them are generated.
  const written = [...analysis, ...edits].filter((path) => path !== "src/edits/templates/texts.ts");
  const all = ["src", "rules", "transforms"].flatMap(sourcesIn);
  return [
    `  src/analysis and src/edits: ${linesOf(written).toLocaleString("en")} lines in ${String(written.length)} files`,
    `  files that import each other in circles: ${String(findCircles(all).length)} of ${String(all.length)}`,
  ];
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
    process.stdout.write(
      ["\nfaults, and what holds them", ...faults, "\nlaws", ...laws, "\nsource", ...houseOf(), ""].join("\n"),
    );
  };
}
