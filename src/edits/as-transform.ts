import type { API, FileInfo, Options } from "jscodeshift";
import { createModel } from "../analysis/model.ts";
import { parseSource } from "../analysis/parse.ts";
import type { Step } from "./step.ts";

/**
 * Wraps a step as a jscodeshift transform (text in, text out), so that `jscodeshift -t` runs it alone.
 * The option `style` is `faithful` (default) or `idiomatic`. A file that the step refuses stays as it is, and
 * the reasons go to jscodeshift's report.
 */
export function asTransform(step: Step): (file: FileInfo, api: API, options: Options) => string | undefined {
  return (file, api, options) => {
    const model = createModel(parseSource(file.source));
    const result = step(model, { style: options["style"] === "idiomatic" ? "idiomatic" : "faithful" });
    for (const remark of [...result.refusals, ...result.notices, ...result.differences]) {
      const { line, column } = model.placeOf(remark.offset);
      api.report(`${file.path}:${String(line)}:${String(column)} ${remark.id}: ${remark.message}`);
    }
    return result.edits.isEmpty ? undefined : result.edits.applyTo(file.source).text;
  };
}
