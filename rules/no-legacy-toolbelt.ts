import { rangeOf } from "../src/analysis/code/tree.ts";
import { findNamedLoads } from "../src/analysis/modules/named-loads.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";
import { legacyToolbelt, modernToolbelt } from "../src/platform/toolbelt.ts";

export default createRule({
  id: "no-legacy-toolbelt",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow the toolbelt of V1",
      configs: { strict: "error" },
      transform: "require-to-import",
    },
    messages: {
      legacyToolbelt: `The V2 runtime has no \`${legacyToolbelt}\`. Import \`${modernToolbelt}\` instead.`,
    },
  },
  *check(file) {
    for (const { node, source } of isMigrationDue(file) ? findNamedLoads(file.model) : []) {
      if (source === legacyToolbelt) {
        yield { range: rangeOf(node), messageId: "legacyToolbelt" };
      }
    }
  },
});
