import type { Unit } from "../migrate/run-outcome.ts";
import type { Colors } from "./colors.ts";
import { viewOf } from "./functions.ts";
import { layOut } from "./layout.ts";
import { renderPatch } from "./patch.ts";
import type { SectionStyle } from "./sections.ts";
import { deploySection, doneSection, needsSection } from "./sections.ts";
import { followUpChecklist } from "./summary.ts";
import { widthOf } from "./terminal.ts";
import { wordsOf } from "./words.ts";

/** What a person has to know to decide about one function: its change, its verdict with reasons and proof, what follows. */
export function renderChoice(
  unit: Unit,
  {
    colors,
    columns,
    isPart,
  }: { readonly colors: Colors; readonly columns: number | undefined; readonly isPart: boolean },
): string {
  const results = unit.flatMap(({ outcome }) => (outcome.kind === "result" ? [outcome] : []));
  const patches = results.flatMap(({ file, change }) =>
    change === undefined ? [] : [renderPatch(file.path, change, colors, true)],
  );
  const files = results.map(({ file }) => file);
  const style: SectionStyle = {
    colors,
    words: wordsOf(true, isPart),
    width: widthOf(columns),
    isVerbose: true,
    inFull: "",
  };
  const view = viewOf(files);
  const sections = [
    needsSection(view, style),
    doneSection(view, style),
    deploySection(followUpChecklist(files), style),
  ];
  return [
    ...patches,
    "\n",
    ...layOut(sections, { lines: Infinity, columns: style.width }).map((line) => `${line}\n`),
  ].join("");
}
