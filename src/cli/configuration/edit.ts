import { applyEdits, modify, parse } from "jsonc-parser";

import type { AcceptedEntry } from "./check.ts";
import { manifestKey } from "./find.ts";
import { fieldOf } from "../../platform/json.ts";

/** The text of a configuration that has nothing in it yet. */
export const emptyConfiguration = `{
  "$schema": "./node_modules/faas-migrate/schemas/configuration.schema.json"
}
`;

/**
 * Puts accepted reasons into a configuration; comments and layout stay. An entry for the same file and reason is replaced.
 *
 * @param text of a file that has been checked
 * @param isManifest whether it is a package.json
 */
export function withAccepted(text: string, isManifest: boolean, entries: readonly AcceptedEntry[]): string {
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const path = isManifest ? [manifestKey, "accepted"] : ["accepted"];
  return bom + entries.reduce((json, entry) => withEntry(json, path, entry), text.slice(bom.length));
}

function withEntry(json: string, path: readonly string[], entry: AcceptedEntry): string {
  const options = { formattingOptions: layoutOf(json) };
  const known = path.reduce<unknown>(fieldOf, parse(json, [], { allowTrailingComma: true }));
  if (!Array.isArray(known)) return applyEdits(json, modify(json, [...path], [entry], options));
  const isSame = (each: unknown): boolean =>
    fieldOf(each, "path") === entry.path && fieldOf(each, "reason") === entry.reason;
  const index = known.findIndex(isSame);
  const at = [...path, index < 0 ? known.length : index];
  return applyEdits(json, modify(json, at, entry, { ...options, isArrayInsertion: index < 0 }));
}

/** How the file is laid out, as far as it shows. */
function layoutOf(json: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const [, indent = "  "] = /^(?<indent>[ \t]+)\S/mu.exec(json) ?? [];
  return {
    insertSpaces: !indent.includes("\t"),
    tabSize: indent.includes("\t") ? 2 : indent.length,
    eol: json.includes("\r\n") ? "\r\n" : "\n",
  };
}
