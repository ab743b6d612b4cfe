import { applyEdits, modify, parse } from "jsonc-parser";
import type { ParseError } from "jsonc-parser";
import { fieldOf } from "../platform/json.ts";

/** The declarations of both toolbelts, as `types` of a configuration names them. */
const declarations = ["faas-migrate/types/core-functions-toolbelt", "faas-migrate/types/lp-faas-toolbelt"];

/** A configuration for a repository that has none: editors read it as it is. */
export const newConfiguration = `${JSON.stringify(
  {
    compilerOptions: {
      target: "es2023",
      module: "nodenext",
      moduleDetection: "force",
      checkJs: true,
      noEmit: true,
      types: ["node", ...declarations],
    },
    include: ["functions"],
  },
  undefined,
  2,
)}\n`;

/** A configuration with the declarations added, or why it stays; comments and formatting are kept. */
export type ConfigurationChange =
  { readonly kind: "changed"; readonly text: string } | { readonly kind: "left"; readonly why: string };

/** Adds the declarations to the list of types of a tsconfig.json. */
export function withDeclarations(text: string): ConfigurationChange {
  const errors: ParseError[] = [];
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const json = text.slice(bom.length);
  const configuration: unknown = parse(json, errors, { allowTrailingComma: true });
  if (errors.length > 0) return { kind: "left", why: "it does not parse; correct it, then run again" };
  const types = typesOf(configuration);
  if (types === undefined) {
    // A list would end that TypeScript takes every package of @types by itself.
    const list = JSON.stringify(["node", ...declarations]);
    const why = `it has no list of types, and a list would hide the types that TypeScript finds itself; write "types": ${list} into compilerOptions, with the other packages of @types that the files need`;
    return { kind: "left", why };
  }
  const missing = declarations.filter((name) => !types.includes(name));
  if (missing.length === 0) return { kind: "changed", text };
  const options = { formattingOptions: { insertSpaces: !/^\t/mu.test(json), tabSize: 2, eol: eolOf(json) } };
  const edits = modify(json, ["compilerOptions", "types"], [...types, ...missing], options);
  return { kind: "changed", text: bom + applyEdits(json, edits) };
}

function eolOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function typesOf(configuration: unknown): readonly unknown[] | undefined {
  const types = fieldOf(fieldOf(configuration, "compilerOptions"), "types");
  return Array.isArray(types) ? types : undefined;
}
