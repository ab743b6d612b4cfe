import { rangeOf } from "../src/analysis/code/tree.ts";
import { findTakenMembers } from "../src/analysis/toolbelt/factory-calls.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { deprecatedFactories } from "../src/platform/toolbelt.ts";

export default createRule({
  id: "no-deprecated-client",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow clients of the toolbelt that V2 has only for the time being",
      configs: { recommended: "error" },
    },
    messages: {
      deprecated: "`{{name}}` is deprecated in V2 and will be removed. Use {{instead}}.",
    },
  },
  *check({ model, runtime }) {
    for (const [name, instead] of runtime === "v2" ? deprecatedFactories : []) {
      for (const node of findTakenMembers(model, name)) {
        yield { range: rangeOf(node), messageId: "deprecated", data: { name, instead } };
      }
    }
  },
});
