import { EditList } from "../edits/text/edit-list.ts";
import { packageMoves } from "../platform/package-moves.ts";
import type { PackageMove } from "../platform/package-moves.ts";
import { ConfigReport } from "./config-report.ts";
import { parseJson, propertiesNamed, propertiesOf, rangeOfJson, removeProperty } from "./json-text.ts";
import type { JsonProperty } from "./json-text.ts";
import type { SourceResult } from "./result.ts";

/** The code of a project as it will be, for the question who still needs a package. */
export interface PackageUse {
  /** Whether any file of the project names the package, be it a function, a test or a script. */
  readonly isNamed: (name: string) => boolean;
  /** Whether functions that were migrated are the only files that name it. */
  readonly isNamedByMigratedOnly: (name: string) => boolean;
}

/**
 * Brings the `dependencies` of a package.json in line with migrated functions. An entry goes only when no file of the
 * project names the package any more; all other sections stay as they are.
 */
export function migrateManifest(text: string, use: PackageUse): SourceResult {
  const report = new ConfigReport(text);
  const edits = new EditList();
  const json = parseJson(text);
  const [dependencies, second] = "problem" in json ? [] : propertiesNamed(json.root, "dependencies");
  if (dependencies?.value.type !== "object" || second !== undefined) return report.finish(edits);
  for (const move of packageMoves) {
    for (const entry of propertiesNamed(dependencies.value, move.legacy)) {
      moveEntry({ text, dependencies, entry, move, use }, edits);
    }
  }
  if (!edits.isEmpty) report.followUp("lock-file", dependencies.node.offset);
  return report.finish(edits);
}

interface Entry {
  readonly text: string;
  readonly dependencies: JsonProperty;
  readonly entry: JsonProperty;
  readonly move: PackageMove;
  readonly use: PackageUse;
}

function moveEntry(subject: Entry, edits: EditList): void {
  const { dependencies, entry, move, use } = subject;
  const { legacy, modern } = move;
  if (modern?.name === legacy) {
    if (use.isNamedByMigratedOnly(legacy) && isOlder(String(entry.value.value), modern.range)) {
      edits.replace(rangeOfJson(entry.value), JSON.stringify(modern.range));
    }
    return;
  }
  const isModernNeeded = modern !== undefined && use.isNamed(modern.name);
  const isListed = propertiesOf(dependencies.value).some(({ name }) => name === modern?.name);
  if (use.isNamed(legacy)) {
    if (isModernNeeded && !isListed) edits.insert(entry.node.offset, `${entryText(subject)},${spaceBefore(subject)}`);
    return;
  }
  if (modern === undefined || (isModernNeeded && isListed)) removeProperty(dependencies.value, entry, edits);
  else if (isModernNeeded) edits.replace(rangeOfJson(entry.node), entryText(subject));
}

/** The entry of the V2 package, with the colon as the V1 package's entry has it. */
function entryText({ text, entry, move }: Entry): string {
  const colon = text.slice(entry.key.offset + entry.key.length, entry.value.offset);
  return JSON.stringify(move.modern?.name) + colon + JSON.stringify(move.modern?.range);
}

function spaceBefore({ text, entry }: Entry): string {
  const before = text.slice(0, entry.node.offset);
  return before.slice(before.trimEnd().length);
}

/** Whether a range of versions begins with a lower major version; false for what is not one, such as `file:`. */
function isOlder(range: string, other: string): boolean {
  const [before, after] = [range, other].map(
    (each) => /^[~^]?(?<major>\d+)(?:\.[\dx*]+)*$/u.exec(each)?.groups?.["major"],
  );
  return before !== undefined && after !== undefined && Number(before) < Number(after);
}
