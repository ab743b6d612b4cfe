import { createModel } from "../../analysis/code/model.ts";
import { parseSource } from "../../analysis/code/parse.ts";
import { packageChoices } from "../../platform/package-choices.ts";
import { fillSentence, reasons } from "../../platform/remarks.ts";
import type { Step } from "./step.ts";

/**
 * jscodeshift's contract for a transform, as far as ours use it. Written here, because jscodeshift is an optional
 * peer: the published types must not need its types.
 */
export type Transform = (
  file: { readonly path: string; readonly source: string },
  api: { readonly report: (message: string) => void; readonly stats?: (name: string) => void },
  options: Readonly<Record<string, unknown>>,
) => string | undefined;

/**
 * The parser that other transforms should read our results with, when they run in one chain with ours: it knows all of
 * JavaScript and TypeScript. Ours read the text by themselves.
 */
export const parser = "ts";

/**
 * Wraps a step as a jscodeshift transform (text in, text out), so that `jscodeshift -t` runs it alone.
 * The option `style` is `faithful` (default) or `idiomatic`, `packages` names V2 packages to choose. A file that the step refuses stays as it is, and
 * the reasons go to jscodeshift's report; so does a file of TypeScript. A dry run counts every kind of remark.
 */
export function asTransform(step: Step): Transform {
  return (file, api, options) => {
    if (/\.[cm]?tsx?$/u.test(file.path)) {
      const data = { what: "types, which only all transforms together bring back", advice: "run faas-migrate" };
      api.report(`${file.path}:1:1 typescript-syntax: ${fillSentence(reasons["typescript-syntax"].short, data)}`);
      return undefined;
    }
    const model = createModel(parseSource(file.source));
    const result = step(model, {
      style: options["style"] === "idiomatic" ? "idiomatic" : "faithful",
      packages: packageChoices.filter((choice) => String(options["packages"]).split(",").includes(choice)),
    });
    for (const remark of [...result.refusals, ...result.notices, ...result.differences, ...result.followUps]) {
      const { line, column } = model.placeOf(remark.offset);
      api.stats?.(remark.id);
      api.report(`${file.path}:${String(line)}:${String(column)} ${remark.id}: ${remark.message}`);
    }
    return result.edits.isEmpty ? undefined : result.edits.applyTo(file.source).text;
  };
}
