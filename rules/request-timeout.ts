import type { Model } from "../src/analysis/code/model.ts";
import { rangeOf, staticName } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { findUnlimitedRequests } from "../src/analysis/http/request-limits.ts";
import type { UnlimitedRequest } from "../src/analysis/http/request-limits.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";

interface Options {
  readonly max: number;
}

export default createRule<"none" | "long" | "limit", Options>({
  id: "request-timeout",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require a time limit for every request, shorter than that of the invocation",
      configs: { strict: "error", "legacy-strict": "error" },
    },
    messages: {
      none: "This request may wait until the platform ends the invocation, and no log says why. Pass `{{option}}`.",
      long: "This request may take {{time}} ms, and the platform ends an invocation after {{max}} ms. Use a shorter limit.",
      limit: "Pass `{{text}}`.",
    },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          max: {
            type: "integer",
            minimum: 1,
            description: "How many milliseconds an invocation may take: every request has to have a limit below.",
          },
        },
      },
    ],
    defaultOptions: [{ max: 30_000 }],
  },
  *check({ model }, { max }) {
    for (const request of findUnlimitedRequests(model, max)) {
      const { call, by, limit } = request;
      if (limit === undefined) {
        const data = { option: by === "signal" ? "signal: AbortSignal.timeout(…)" : "timeout: …" };
        yield { range: rangeOf(call.callee), messageId: "none", data, suggest: wayOut(model, request, max) };
      } else {
        const data = { time: String(limit.milliseconds), max: String(max) };
        yield { range: rangeOf(limit.node), messageId: "long", data };
      }
    }
  },
});

/** A third of what there is, where the options stand in the call or are all that it lacks. */
function wayOut(model: Model, { call, by, given, place }: UnlimitedRequest, max: number) {
  const time = String(Math.ceil(max / 3));
  const text = by === "signal" ? `signal: AbortSignal.timeout(${time})` : `timeout: ${time}`;
  // What is bound belongs to every call, and a signal only to one.
  const isOwn = (argument: Node | undefined): boolean => call.arguments.some((each) => each === argument);
  const [last, options] = [given[place - 1], given[place]];
  const edits = new EditList();
  if (last !== undefined && isOwn(last) && options === undefined) {
    edits.insert(rangeOf(last)[1], `, { ${text} }`);
  } else if (
    options?.type === "ObjectExpression" &&
    isOwn(options) &&
    !options.properties.some((each) => each.type === "Property" && staticName(each) === by)
  ) {
    const [start] = rangeOf(options);
    const isEmpty = options.properties.length === 0;
    edits.insert(start + 1, isEmpty ? ` ${text} ` : ` ${text},`);
  }
  return edits.isEmpty || (by === "signal" && model.isNameTaken("AbortSignal"))
    ? []
    : [{ messageId: "limit", data: { text }, edits } as const];
}
