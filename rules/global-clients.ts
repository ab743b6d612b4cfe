import { rangeOf } from "../src/analysis/code/tree.ts";
import { loopAround, pathFromHandler } from "../src/analysis/control/call-path.ts";
import { findInvocationClients } from "../src/analysis/toolbelt/invocation-clients.ts";
import { modernClients } from "../src/platform/client-creation.ts";
import { findClientSites } from "../src/analysis/toolbelt/client-sites.ts";
import type { ClientSite, StayId } from "../src/analysis/toolbelt/client-sites.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findFactoryCalls } from "../src/analysis/toolbelt/own-clients.ts";
import type { FactoryCall } from "../src/analysis/toolbelt/own-clients.ts";
import { hoistClients } from "../src/edits/toolbelt/client-edits.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isProvable } from "../src/lint/provable-fix.ts";
import type { FunctionFile } from "../src/lint/function-file.ts";
import type { Problem } from "../src/lint/create-rule.ts";

interface Options {
  readonly fix: boolean;
}

type MessageId = "inFunction" | "inLoop" | "lazily" | "hoist";

/** Clients that can't be the same in all invocations, or must not be shared as they are. */
const APART: ReadonlySet<StayId> = new Set(["argument", "changed", "keeps-token", "shared-options"]);

export default createRule<MessageId, Options>({
  id: "global-clients",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require clients to be created once, in module scope",
      configs: { recommended: "error", legacy: "error" },
      transform: "global-clients",
    },
    isFixable: true,
    hasSuggestions: true,
    messages: {
      inFunction: "Every invocation creates `{{client}}` again ({{path}}). Create it once, in module scope.",
      inLoop: "Every round of a loop creates `{{client}}` again ({{path}}). Create it once, in module scope.",
      lazily:
        "Every invocation creates `{{client}}` again ({{path}}). Keep it in a module variable, `client ??= {{client}}`: in module scope, a failure would keep the whole function from loading.",
      hoist: "Create `{{client}}` in module scope.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          fix: {
            type: "boolean",
            description:
              "Whether `eslint --fix` changes the clients that the command would move by itself: where it is certain that the function does the same.",
          },
        },
      },
    ],
    defaultOptions: [{ fix: false }],
  },
  *check(file, { fix }) {
    const { model, settings } = file;
    const sites = new Map(findClientSites(model).map((site) => [site.creation.call, site]));
    for (const site of sites.values()) {
      if (isMoved(site)) {
        yield movedProblem(file, site, fix);
      }
    }
    for (const { call, factory } of findInvocationClients(model)) {
      const site = sites.get(call);
      if (site === undefined || (!isMoved(site) && (site.stay === undefined || !APART.has(site.stay.id)))) {
        yield { range: rangeOf(call), ...finding(model, call, factory) };
      }
    }
    for (const call of findFactoryCalls(model, settings.clientFactories)) {
      yield { range: rangeOf(call), ...finding(model, call) };
    }
  },
});

/** True for a client that the transform moves, or would move if the toolbelt had moved first. */
function isMoved({ form, stay }: ClientSite): boolean {
  return form !== "module" && (stay === undefined || stay.id === "toolbelt-in-function");
}

function movedProblem(file: FunctionFile, site: ClientSite, fix: boolean): Problem<MessageId> {
  const { model } = file;
  const { call } = site.creation;
  const { messageId, data } = finding(model, call);
  const range = rangeOf(call);
  if (site.stay !== undefined) {
    return { range, messageId, data };
  }
  const edits = new EditList();
  hoistClients(model, edits, [site]);
  return fix && isProvable(file, edits)
    ? { range, messageId, data, fix: edits }
    : { range, messageId, data, suggest: [{ messageId: "hoist", data: { client: data.client }, edits }] };
}

/** What is said of a client: as it is written, without its arguments, and how the handler gets there. */
function finding(model: Model, call: FactoryCall, factory = "") {
  const written = model.textOf(call.callee).replaceAll(/\s+/gu, "") + (call.arguments.length > 0 ? "(…)" : "()");
  const elsewhere = model.functionOf(call) === null ? "in a class of this file" : "in a function of this file";
  const path = pathFromHandler(model, call)?.join(" → ") ?? elsewhere;
  const isLazy = modernClients.get(factory)?.creation === "may-throw";
  const place = loopAround(model, call) === null ? ("inFunction" as const) : ("inLoop" as const);
  return {
    messageId: isLazy ? ("lazily" as const) : place,
    data: { client: call.type === "NewExpression" ? `new ${written}` : written, path },
  };
}
