import type * as ESTree from "estree";
import { mtlsMethods } from "../../platform/platform-clients.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { isNullish } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isText } from "../http/known-values.ts";
import { booleanOf, followConstant, stringOf } from "../values/constants.ts";
import { literalArgument } from "../values/literal-argument.ts";
import type { LiteralArgument } from "../values/literal-argument.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import { methodCallsOf } from "../toolbelt/method-calls.ts";
import type { FollowedCall } from "../toolbelt/method-calls.ts";

/** One call of an MTLSClient: `client.post(url, headers, body, options)`. */
export interface MtlsCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly options: LiteralArgument | undefined;
  /** A body that only fills the place of one. */
  readonly emptyBody: Node | undefined;
  /** A body of `json: true` that may be a text. */
  readonly untoldJson: Node | undefined;
}

export interface MtlsPlan {
  readonly clients: readonly ClientCreation[];
  readonly calls: readonly MtlsCall[];
  readonly problems: readonly Problem[];
}

/** What must be known of every MTLSClient of a file before its calls can be converted. */
export function planMtlsCalls(model: Model): MtlsPlan {
  const isKnown = ({ call, method }: FollowedCall): boolean => !call.optional && mtlsMethods.has(method);
  const { clients, calls, problems } = methodCallsOf(model, "MTLSClient", undefined, isKnown);
  const nodes = new Set<Node>(calls.map(({ call }) => call));
  const read = calls.map((call) => readCall(model, call, nodes));
  return {
    clients,
    calls: read.map(({ call }) => call),
    problems: [...problems, ...read.flatMap((each) => each.problems)],
  };
}

function problem(node: Node, what: string): Problem {
  return { id: "mtls-call", node, data: { what } };
}

function readCall(
  model: Model,
  { call, method }: FollowedCall,
  calls: ReadonlySet<Node>,
): { readonly call: MtlsCall; readonly problems: readonly Problem[] } {
  const options = optionsOf(model, call, calls);
  const known = options !== undefined && "literal" in options ? options : undefined;
  const problems = options !== undefined && "id" in options ? [options] : [];
  const body = readBody(model, call, method, known);
  const selfSigned = known?.properties.get("allowSelfSigned");
  const isUntold = selfSigned !== undefined && booleanOf(model, selfSigned.value) === undefined;
  return {
    call: { call, options: known, emptyBody: body.empty, untoldJson: body.untoldJson },
    problems: [
      ...problems,
      ...(body.problem === undefined ? [] : [body.problem]),
      ...(isUntold ? [problem(selfSigned, "has an `allowSelfSigned` that is known at run time only")] : []),
    ],
  };
}

/** The options of a call; undefined when it has none. */
function optionsOf(
  model: Model,
  call: ESTree.SimpleCallExpression,
  calls: ReadonlySet<Node>,
): LiteralArgument | Problem | undefined {
  const argument = call.arguments[3];
  const spread = call.arguments.find(({ type }) => type === "SpreadElement");
  if (spread !== undefined || call.arguments.length === 0) {
    return problem(spread ?? call, "has arguments that can't be matched to its parameters");
  }
  if (argument === undefined || model.isGlobal(argument, "undefined")) {
    return undefined;
  }
  const isOptions = (read: Node): boolean => {
    const parent = model.parentOf(read);
    return parent?.type === "CallExpression" && calls.has(parent) && parent.arguments[3] === read;
  };
  const options = literalArgument(model, argument, isOptions);
  return options ?? problem(argument, "has options that are not an object literal with plain keys");
}

interface MtlsBody {
  readonly empty?: Node;
  readonly untoldJson?: Node;
  readonly problem?: Problem;
}

/** Bodies that V2 rejects, or sends in another form. */
function readBody(
  model: Model,
  call: ESTree.SimpleCallExpression,
  method: string,
  options: LiteralArgument | undefined,
): MtlsBody {
  const body = call.arguments[2];
  if (body === undefined || isNullish(body)) {
    return {};
  }
  const json = options?.properties.get("json");
  const isJson = json === undefined ? false : booleanOf(model, json.value);
  const isObject = /^(?:Object|Array)Expression$/u.test(followConstant(model, body).type);
  if (mtlsMethods.get(method) === false) {
    const what = `sends a body with ${method.toUpperCase()}, which V2 rejects`;
    return stringOf(model, body) === "" ? { empty: body } : { problem: problem(body, what) };
  }
  if (isJson === undefined && json !== undefined) {
    return { problem: problem(json, "has a `json` that is neither `true` nor `false` in the code") };
  }
  if (isObject && isJson === false) {
    return { problem: problem(body, "sends an object without `json: true`, which V2 rejects") };
  }
  if (isJson === true && isText(model, body)) {
    const what = "sends text with `json: true`, which V2 encodes once more; pass the value itself";
    return { problem: problem(body, what) };
  }
  return isJson === true && !isObject ? { untoldJson: body } : {};
}
