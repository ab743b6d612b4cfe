import type * as ESTree from "estree";
import { legacyErrorMembers } from "../../platform/platform-clients.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import type { Node } from "../code/tree.ts";
import { bodyUseOf } from "../http/invocation-results.ts";
import type { BodyUse } from "../http/invocation-results.ts";
import { literalArgument } from "../values/literal-argument.ts";
import type { LiteralArgument } from "../values/literal-argument.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import { methodCallsOf } from "../toolbelt/method-calls.ts";

/** One `client.invoke(invocations, deadline, options)`. */
export interface InvokeCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly errorReads: readonly Node[];
  /** What becomes of the body; undefined where the options say it. */
  readonly body:
    | undefined
    | { readonly kind: "as-it-comes"; readonly use: BodyUse }
    /** It has to be asked for in parsed form: in these options, or in options that the call gets. */
    | { readonly kind: "parsed"; readonly options: LiteralArgument | undefined };
}

export interface InvokePlan {
  readonly clients: readonly ClientCreation[];
  readonly calls: readonly InvokeCall[];
  readonly problems: readonly Problem[];
}

/** What every OrchestratorClient of a file invokes, and what is done with the answers. */
export function planInvokeCalls(model: Model): InvokePlan {
  const otherwise = "is used in another way than by calling `invoke`";
  const found = methodCallsOf(
    model,
    "OrchestratorClient",
    otherwise,
    ({ call, method }) => method === "invoke" && !call.optional,
  );
  const read = found.calls.map(({ call }) => readCall(model, call));
  return {
    clients: found.clients,
    calls: read.flatMap((each) => ("id" in each ? [] : [each])),
    problems: [...found.problems, ...read.flatMap((each) => ("id" in each ? [each] : []))],
  };
}

function problem(node: Node, what: string): Problem {
  return { id: "orchestrator-call", node, data: { what } };
}

function readCall(model: Model, call: ESTree.SimpleCallExpression): InvokeCall | Problem {
  const use = bodyUseOf(model, call, legacyErrorMembers);
  const { errorReads } = use;
  const [invocations, , argument] = call.arguments;
  const spread = call.arguments.find(({ type }) => type === "SpreadElement");
  if (spread !== undefined || invocations === undefined) {
    return problem(spread ?? call, "has arguments that can't be matched to its parameters");
  }
  const isAbsent = argument === undefined || model.isGlobal(argument, "undefined");
  const options = isAbsent
    ? undefined
    : literalArgument(model, argument, (read) => model.parentOf(read) === call && call.arguments[2] === read);
  if (options?.properties.has("json") === true) {
    return { call, errorReads, body: undefined };
  }
  if (use.asValue.length === 0) {
    return { call, errorReads, body: { kind: "as-it-comes", use } };
  }
  const [text] = use.asText;
  if (text !== undefined) {
    return problem(text, "has a body that is used as text and as a parsed value");
  }
  return isAbsent || options !== undefined
    ? { call, errorReads, body: { kind: "parsed", options } }
    : problem(argument, "needs `json: true`, and its options are not an object literal");
}
