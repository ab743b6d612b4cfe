import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { AsyncConverter } from "./convert-to-async.ts";
import { compareRuns } from "./runs.ts";

const folder = resolve(import.meta.dirname, "../../fixtures/comparison");

/** The ten inputs by name, in their order. */
export const inputs: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => [name.replace(/\.js$/u, ""), readFileSync(join(folder, name), "utf8")]),
);

const converter = new AsyncConverter();

/** The version of TypeScript whose code fix runs. */
export const typescriptVersion = converter.version;

/** What became of an input, and what that does. */
export interface Part {
  readonly heading: string;
  /** In a few words, for the table. */
  readonly short: string;
  readonly text: string;
}

/** What TypeScript's “convert to async function” makes of an input. */
export async function typescriptPart(input: string): Promise<Part> {
  return otherPart("TypeScript", input, converter.convert(input));
}

/** What a tool makes of an input that knows nothing of V2. */
export async function otherPart(tool: string, input: string, output: string): Promise<Part> {
  if (output === input) return { heading: `${tool}: left as it is`, short: "left as it is", text: "" };
  const asBefore = await compareRuns(input, output, "legacy");
  const onNext = await compareRuns(input, output, "modern");
  const does = `As V1 function it does ${asBefore.text}. On V2 it ${onNext.text}.`;
  return {
    heading: `${tool}: ${asBefore.isSame ? "changed" : "broken"}`,
    short: asBefore.isSame ? "`async` V1 code, the same" : "`async` V1 code, **broken**",
    text: `${await shown(output)}\n\n${does}`,
  };
}

/** What we make of it. */
export async function ourPart(input: string): Promise<Part> {
  const { verdict, text, differences } = migrateSource("index.js", input, { style: "faithful" });
  const declared = differences.map(({ id }) => id);
  const { isSame, text: does } = await compareRuns(input, text, "modern", declared);
  const ids = [...new Set(declared)].map((id) => `\`${id}\``).join(", ");
  return {
    heading: `faas-migrate: ${verdict}`,
    short: isSame ? `V2 code, ${does}` : `**broken**: ${does}`,
    text: `${await shown(text)}\n\nOn V2 it does ${does}, but for what is declared: ${ids}.`,
  };
}

async function shown(code: string): Promise<string> {
  const text = await format(code, { parser: "babel", printWidth: 120 });
  return `\`\`\`js\n${text.trimEnd()}\n\`\`\``;
}

/** The part of the page about one input. */
export function sectionOf(name: string, input: string, parts: readonly Part[]): string {
  const title = titleOf(name);
  const blocks = parts.map(({ heading, text }) => `### ${heading}\n\n${text}`.trimEnd());
  return [`## ${title}`, `\`\`\`js\n${input.trimEnd()}\n\`\`\``, ...blocks].join("\n\n");
}

/** `02-returned-chain` as a heading. */
export function titleOf(name: string): string {
  const words = name.replace(/^0?/u, "").split("-");
  const [number = "", ...rest] = words;
  const text = rest.join(" ");
  return `${number}. ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
