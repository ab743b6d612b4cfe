import { EditList } from "../edits/text/edit-list.ts";
import { ConfigReport } from "./config-report.ts";
import { parseJson, propertiesNamed, removeProperty } from "./json-text.ts";
import type { SourceResult } from "./result.ts";

/**
 * Drops the `whitelist` of the settings.json that lies above the functions. Only for a folder without V1 functions:
 * these need it when they run locally.
 */
export function migrateSettings(text: string): SourceResult {
  const report = new ConfigReport(text);
  const edits = new EditList();
  const json = parseJson(text);
  const [list, second] = "problem" in json ? [] : propertiesNamed(json.root, "whitelist");
  if ("problem" in json || list?.value.type !== "array" || second !== undefined) return report.finish(edits);
  const domains = (list.value.children ?? []).map(({ value }: { readonly value?: unknown }) => `\`${String(value)}\``);
  const offset = list.node.offset;
  report.declare("domain-list-dropped", offset, { domains: domains.length > 0 ? domains.join(", ") : "none" });
  if (domains.length > 0) report.followUp("allowed-domains", offset);
  removeProperty(json.root, list, edits);
  return report.finish(edits);
}
