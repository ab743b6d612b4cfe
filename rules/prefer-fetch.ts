import { rangeOf } from "../src/analysis/code/tree.ts";
import { findNamedLoads } from "../src/analysis/modules/named-loads.ts";
import { findModuleUses } from "../src/analysis/modules/uses.ts";
import { findFactoryCallsOfToolbelt, findTakenMembers } from "../src/analysis/toolbelt/factory-calls.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";
import { requestPackages } from "../src/platform/packages.ts";
import { legacyToolbelt, modernToolbelt } from "../src/platform/toolbelt.ts";

export default createRule({
  id: "prefer-fetch",
  meta: {
    type: "problem",
    docs: {
      description: "Require `fetch` for HTTP requests instead of clients that V2 does not have",
      configs: { strict: "error" },
      transform: "http-client-to-fetch",
    },
    messages: {
      missing: `\`${modernToolbelt}\` has no \`HTTPClient\`: the function fails here. Use \`fetch\` instead.`,
      legacy: "The toolbelt of V2 has no `HTTPClient`. Use `fetch` instead.",
      package: "V2 has `fetch` built in, and `{{name}}` is no longer maintained. Use `fetch` instead.",
    },
  },
  *check(file) {
    if (!isMigrationDue(file)) {
      return;
    }
    if (findModuleUses(file.model).some(({ source }) => source === legacyToolbelt)) {
      for (const place of findTakenMembers(file.model, "HTTPClient")) {
        yield { range: rangeOf(place), messageId: "legacy" };
      }
    } else {
      for (const { factory, source, callee } of findFactoryCallsOfToolbelt(file.model)) {
        if (factory === "HTTPClient") {
          yield { range: rangeOf(callee), messageId: source === undefined ? "legacy" : "missing" };
        }
      }
    }
    for (const { source, node } of findNamedLoads(file.model)) {
      if (requestPackages.has(source)) {
        yield { range: rangeOf(node), messageId: "package", data: { name: source } };
      }
    }
  },
});
