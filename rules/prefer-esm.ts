import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findRequires } from "../src/analysis/modules/uses.ts";
import { commonJsUses } from "../src/analysis/modules/strictness.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";

const EXPORTS: ReadonlySet<string> = new Set(["exports", "module"]);

export default createRule({
  id: "prefer-esm",
  meta: {
    type: "problem",
    docs: {
      description: "Require ES modules instead of CommonJS",
      configs: { strict: "error" },
      transform: "require-to-import",
    },
    messages: {
      require: "A V2 function is an ES module, which has no `require`. Import {{source}} at the top of the file.",
      exports: "The V2 runtime finds the handler by its name, and an ES module has no `{{name}}`. Export nothing.",
      variable: "A V2 function is an ES module, which has no `{{name}}`. Remove it.",
    },
  },
  *check(file) {
    if (!isMigrationDue(file)) {
      return;
    }
    const { model } = file;
    for (const call of findRequires(model)) {
      yield { range: rangeOf(call), messageId: "require", data: { source: sourceName(model, call.arguments[0]) } };
    }
    for (const { name, node } of commonJsUses(model)) {
      yield { range: rangeOf(node), messageId: EXPORTS.has(name) ? "exports" : "variable", data: { name } };
    }
  },
});

function sourceName(model: Model, source: Node | undefined): string {
  return source?.type === "Literal" ? `\`${model.textOf(source).slice(1, -1)}\`` : "the module";
}
