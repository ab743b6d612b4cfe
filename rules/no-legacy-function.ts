import { legacyPlaceOf } from "../src/analysis/contract/legacy-place.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";

export default createRule({
  id: "no-legacy-function",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow functions that are written for V1",
      configs: { recommended: "error" },
    },
    messages: {
      legacy:
        'This is a function of V1: it {{why}}. Run `npx faas-migrate` to migrate it, or set `settings.faas.runtime` to "v1" for functions that stay.',
    },
  },
  *check(file) {
    const place = isMigrationDue(file) && file.runtime === "v1" ? legacyPlaceOf(file.model) : undefined;
    if (place !== undefined) {
      yield { range: rangeOf(place.node), messageId: "legacy", data: { why: place.why } };
    }
  },
});
