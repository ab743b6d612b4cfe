import type * as ESTree from "estree";
import { bodyReaders } from "../code/builtins.ts";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { trace } from "../values/trace.ts";
import type { TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { isSurelyResponse } from "./fetch-requests.ts";
import { OTHER_MEMBERS, ResponseBodies, STATUS_MEMBERS } from "./response-bodies.ts";

/** What one event says of the response. */
type Word = { readonly body: Node } | { readonly stream: Node } | "nothing" | "asked";

/**
 * The place where the body of a response is used although nobody asks for its status, wherever it goes: through helpers,
 * lists, fields and patterns of the file. Undefined where a part of it goes out of sight.
 */
export function unaskedBodyOf(model: Model, request: ESTree.SimpleCallExpression): Node | undefined {
  const bodies = new ResponseBodies(model);
  let first: Node | undefined;
  for (const event of trace(model, [{ node: request, path: [PROMISE], state: "value" }])) {
    const word = wordOf(model, bodies, event);
    if (word === "asked") {
      return undefined;
    }
    if (word !== "nothing" && "stream" in word) {
      first ??= word.stream;
    } else if (word !== "nothing" && bodies.isUsed(word.body)) {
      if (bodies.isTold(word.body)) {
        return undefined;
      }
      first ??= word.body;
    }
  }
  return first;
}

function wordOf(model: Model, bodies: ResponseBodies, event: TraceEvent<string>): Word {
  if (event.type === "escape") {
    return "asked";
  }
  if (event.path.length > 0 || event.type === "show" || event.type === "test" || event.type === "unused") {
    return "nothing";
  }
  if (event.type !== "member") {
    return "isFollowed" in event && event.isFollowed ? "nothing" : "asked";
  }
  const { name = "", call, member } = event;
  if (bodyReaders.has(name)) {
    return call === undefined || !isSurelyResponse(model, event.node) ? "asked" : { body: call };
  }
  if (name === "body" && isSurelyResponse(model, event.node)) {
    return isStreamUsed(model, bodies, member) ? { stream: member } : "nothing";
  }
  const isNoCheck = STATUS_MEMBERS.has(name) && (bodies.isLogged(member) || bodies.asksForBody(member));
  return isNoCheck || OTHER_MEMBERS.has(name) ? "nothing" : "asked";
}

/** False where code only logs it, asks whether there is a body, or gives it up: `response.body?.cancel()`. */
function isStreamUsed(
  model: Model,
  bodies: ResponseBodies,
  member: ESTree.MemberExpression | ESTree.AssignmentProperty,
) {
  const variable = member.type === "MemberExpression" ? undefined : model.variableOf(member.value);
  const reads: readonly Node[] = variable === undefined ? [member] : readsOf(variable);
  return reads.some((read) => {
    const parent = model.parentOf(read);
    const isGivenUp = parent?.type === "MemberExpression" && staticName(parent) === "cancel";
    const isAsked = /^(?:Binary|Unary|Logical|Conditional)Expression$|^IfStatement$/u.test(parent?.type ?? "");
    return !isGivenUp && !isAsked && !bodies.isLogged(read);
  });
}
