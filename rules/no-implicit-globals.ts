import { variableNamed } from "../src/analysis/code/names.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { findImplicitGlobals } from "../src/analysis/modules/implicit-globals.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { commonJsNames, isNodeGlobal } from "../src/platform/runtime-names.ts";

export default createRule({
  id: "no-implicit-globals",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow variables that are assigned but declared nowhere",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      fails:
        "Nothing declares `{{name}}`, and an ES module fails at this assignment. Declare it with `const` or `let`.",
      shared:
        "Nothing declares `{{name}}`, so it becomes a global that all invocations share. Declare it with `const` or `let` where it is used.",
      overwritten: "This replaces the global `{{name}}` for all invocations. Give the variable another name.",
    },
  },
  *check({ model, runtime }) {
    for (const { name, node } of findImplicitGlobals(model)) {
      // Where code is made at run time, names are resolved only then; one that a scope declares is declared.
      if (commonJsNames.has(name) || variableNamed(model, name, node) !== undefined) {
        continue;
      }
      const messageId = isNodeGlobal(name) ? "overwritten" : runtime === "v2" ? "fails" : "shared";
      yield { range: rangeOf(node), messageId, data: { name } };
    }
  },
});
