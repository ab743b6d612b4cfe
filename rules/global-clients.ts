import { rangeOf } from "../src/analysis/code/tree.ts";
import { loopAround, pathFromHandler } from "../src/analysis/control/call-path.ts";
import { findClientSites } from "../src/analysis/toolbelt/client-sites.ts";
import type { ClientSite } from "../src/analysis/toolbelt/client-sites.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findFactoryCalls } from "../src/analysis/toolbelt/own-clients.ts";
import type { FactoryCall } from "../src/analysis/toolbelt/own-clients.ts";
import { hoistClients } from "../src/edits/toolbelt/client-edits.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { Problem } from "../src/lint/create-rule.ts";

interface Options {
  readonly checkPossible: boolean;
}

type MessageId = "inFunction" | "inLoop" | "possible" | "hoist";

export default createRule<MessageId, Options>({
  id: "global-clients",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require clients to be created once, in module scope",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
      transform: "global-clients",
    },
    hasSuggestions: true,
    messages: {
      inFunction: "`{{client}}` is created anew in every invocation ({{path}}). Create it once, in module scope.",
      inLoop: "`{{client}}` is created anew in every round of a loop ({{path}}). Create it once, in module scope.",
      possible:
        "`{{client}}` is created anew in every invocation ({{path}}), and in module scope a failure would take the whole function down. Keep it in a module variable: `client ??= {{client}}`.",
      hoist: "Create `{{client}}` in module scope.",
    },
    schema: [
      {
        type: "object",
        properties: {
          checkPossible: {
            type: "boolean",
            description: "Report clients whose creation may fail as well: they can be created once, but only lazily.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkPossible: false }],
  },
  *check({ model, settings }, { checkPossible }) {
    for (const site of findClientSites(model)) {
      const problem = site.form === "module" ? undefined : siteProblem(model, site);
      if (problem !== undefined && (checkPossible || problem.messageId !== "possible")) {
        yield problem;
      }
    }
    for (const call of findFactoryCalls(model, settings.clientFactories)) {
      yield { range: rangeOf(call), ...finding(model, call) };
    }
  },
});

function siteProblem(model: Model, site: ClientSite): Problem<MessageId> | undefined {
  const { call } = site.creation;
  const { messageId, data } = finding(model, call);
  const range = rangeOf(call);
  if (site.stay?.id === "may-throw") {
    return { range, messageId: "possible", data };
  }
  if (site.stay !== undefined) {
    // The toolbelt has to move first, so nothing can be suggested in one step.
    return site.stay.id === "toolbelt-in-function" ? { range, messageId, data } : undefined;
  }
  const edits = new EditList();
  hoistClients(model, edits, [site]);
  return { range, messageId, data, suggest: [{ messageId: "hoist", data: { client: data.client }, edits }] };
}

/** What is said of a client: as it is written, without its arguments, and how the handler gets there. */
function finding(model: Model, call: FactoryCall) {
  const written = model.textOf(call.callee).replaceAll(/\s+/gu, "") + (call.arguments.length > 0 ? "(…)" : "()");
  const path = pathFromHandler(model, call)?.join(" → ") ?? "in a function of this file";
  return {
    messageId: loopAround(model, call) === null ? ("inFunction" as const) : ("inLoop" as const),
    data: { client: call.type === "NewExpression" ? `new ${written}` : written, path },
  };
}
