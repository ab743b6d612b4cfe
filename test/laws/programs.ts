import { parse as acornParse } from "acorn";
import type { Options, Program } from "acorn";
import type { Node } from "../../src/analysis/code/tree.ts";

/** Parses a source as a script or as a module. */
export function parseEither(source: string, options: Options, reset: () => void = () => undefined): Node {
  try {
    return acornParse(source, { ...options, sourceType: "script", allowReturnOutsideFunction: true }) as Program & Node;
  } catch {
    reset();
    return acornParse(source, { ...options, sourceType: "module" }) as Program & Node;
  }
}

/** Whether a text is JavaScript. */
export function isProgram(text: string): boolean {
  try {
    parseEither(text, { ecmaVersion: 2024 });
    return true;
  } catch {
    return false;
  }
}

const LAYOUT_KEYS = new Set(["start", "end", "range", "raw", "sourceType"]);

/**
 * A program as a text that layout does not change: its syntax tree without places, spellings and empty statements, as
 * which a semicolon remains that protects a line.
 */
export function fingerprint(source: string): string {
  const program = parseEither(source, { ecmaVersion: 2024 }, () => undefined);
  return JSON.stringify(program, (key, value: unknown) => {
    if (LAYOUT_KEYS.has(key)) {
      return undefined;
    }
    if (Array.isArray(value)) {
      return (value as readonly unknown[]).filter((item) => !isEmptyStatement(item));
    }
    return typeof value === "bigint" ? `${String(value)}n` : value;
  });
}

function isEmptyStatement(value: unknown): boolean {
  return typeof value === "object" && value !== null && "type" in value && value.type === "EmptyStatement";
}
