import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { bodyReaders, promiseMethods } from "../code/builtins.ts";
import { isConstant } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { trace } from "../values/trace.ts";
import type { PartHop, SameHop, TraceEvent, TraceStart } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { findResponseCalls, isSurelyResponse } from "./fetch-requests.ts";
import { OTHER_MEMBERS, STATUS_MEMBERS } from "./response-bodies.ts";

/** A use of a response that forgets when it is there. */
export type ResponseSlip =
  /** A member of the promise of a response, or of its body, that only the response or the body has. */
  | { readonly kind: "not-awaited"; readonly node: Node; readonly what: "response" | "body" }
  /** A body that was read before. */
  | { readonly kind: "read-again"; readonly node: Node; readonly first: Node };

type Held = "response" | "body";

const RESPONSE_MEMBERS: ReadonlySet<string> = new Set([...bodyReaders, ...STATUS_MEMBERS, ...OTHER_MEMBERS, "body"]);
const PROMISE_MEMBERS: ReadonlySet<string> = new Set([...promiseMethods.keys(), "constructor", "toString"]);

/** Finds promises that are taken for the response or the body that they promise, and bodies that are read twice. */
export function findResponseSlips(model: Model): ResponseSlip[] {
  const starts = [...findResponseCalls(model)].map((node): TraceStart<Held> => ({
    node,
    path: [PROMISE],
    state: "response",
  }));
  const events = [...trace(model, starts, { same: (hop) => sameOf(model, hop), part: (hop) => partOf(model, hop) })];
  return [...events.flatMap((event) => unawaited(model, event) ?? []), ...readsAgain(model, events)];
}

/** The promise of a body is followed as long as nothing waits for it, and no more than one value can be meant. */
function sameOf(model: Model, hop: SameHop<Held>): Held | undefined {
  if (hop.state === "response") {
    return hop.state;
  }
  return hop.type === "bind" && isHeld(hop.variable) && model.parentOf(hop.node)?.type === "VariableDeclarator"
    ? hop.state
    : undefined;
}

function partOf(model: Model, hop: PartHop<Held>): Held | undefined {
  if (hop.type === "call") {
    return hop.state === "body" ? "body" : undefined;
  }
  const isBody = hop.type === "member" && hop.call !== undefined && bodyReaders.has(hop.name ?? "");
  return isBody && hop.state === "response" && isSurelyResponse(model, hop.node) ? "body" : undefined;
}

function isHeld(variable: Variable | undefined): boolean {
  return variable !== undefined && isConstant(variable) && variable.defs[0]?.type === "Variable";
}

function unawaited(model: Model, event: TraceEvent<Held>): ResponseSlip | undefined {
  const { node, path, state } = event;
  const member = model.parentOf(node);
  if (member?.type !== "MemberExpression" || member.object !== node) {
    return undefined;
  }
  const name = staticName(member) ?? "";
  if (state === "response") {
    const isPromise = event.type === "escape" && path.length === 1 && path[0] === PROMISE;
    const isSure = node.type === "CallExpression" || isHeld(model.variableOf(node));
    return isPromise && isSure && RESPONSE_MEMBERS.has(name)
      ? { kind: "not-awaited", node: member, what: state }
      : undefined;
  }
  const isOfBody = event.type === "member" && path.length === 0 && name !== "" && !PROMISE_MEMBERS.has(name);
  // The method itself is not a promise yet.
  const isCalled = node.type === "CallExpression" || node.type === "Identifier";
  return isOfBody && isCalled ? { kind: "not-awaited", node: member, what: state } : undefined;
}

/** `await response.text()` behind which `response.json()` follows in any case. */
function readsAgain(model: Model, events: readonly TraceEvent<Held>[]): ResponseSlip[] {
  const calls = events.flatMap((event) => {
    const variable = event.type === "member" && event.state === "response" ? model.variableOf(event.node) : undefined;
    const call = event.type === "member" && bodyReaders.has(event.name ?? "") ? event.call : undefined;
    return call !== undefined && variable !== undefined && isConstant(variable) && isSurelyResponse(model, event.node)
      ? [{ call, variable }]
      : [];
  });
  const ordered = calls.toSorted((a, b) => rangeOf(a.call)[0] - rangeOf(b.call)[0]);
  return ordered.flatMap(({ call, variable }, index): ResponseSlip[] => {
    const first = ordered
      .slice(0, index)
      .find((other) => other.variable === variable && other.call !== call && isAlwaysBefore(model, other.call, call));
    return first === undefined ? [] : [{ kind: "read-again", node: call, first: first.call }];
  });
}

/** True when the first call has been made whenever the second one is reached. */
function isAlwaysBefore(model: Model, first: ESTree.SimpleCallExpression, second: Node): boolean {
  const statement = model.statementOf(first);
  const block = model.parentOf(statement);
  let isPlain = statement.type === "ExpressionStatement" || statement.type === "VariableDeclaration";
  walk(statement, (part) => {
    const isChoice =
      part.type === "LogicalExpression" ||
      part.type === "ConditionalExpression" ||
      part.type === "ArrowFunctionExpression" ||
      part.type === "FunctionExpression";
    isPlain &&= !isChoice || !isInside(first, part);
    return isPlain;
  });
  return (
    isPlain &&
    block?.type === "BlockStatement" &&
    isInside(second, block) &&
    model.functionOf(first) === model.functionOf(second) &&
    rangeOf(statement)[1] <= rangeOf(second)[0]
  );
}
