import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { verbMethods } from "../../platform/http-options.ts";
import { readingMethods } from "../../platform/packages.ts";
import { readsOf } from "../code/bindings.ts";
import { argumentReaders } from "../code/builtins.ts";
import { resolveFunction } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { globalPath, isRequireCall, packageOf } from "../code/names.ts";
import { perKey } from "../code/per-model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { EscapeReason, PartHop, TraceEvent, TraceStart } from "./trace-events.ts";
import { trace } from "./trace.ts";

/** One thing that code does to an object. */
export type ObjectChange =
  /** `object.name = value`; of `+=` and its like, the value is the assignment. */
  | { readonly kind: "set"; readonly name: string; readonly value: Node }
  /** `delete object.name`. */
  | { readonly kind: "delete"; readonly name: string }
  /** `Object.assign(object, source)`. */
  | { readonly kind: "merge"; readonly source: Node }
  /** `object.name.other = value`. */
  | { readonly kind: "nested"; readonly name: string; readonly member: ESTree.MemberExpression }
  /** From here on it can't be followed, or can't be known. */
  | { readonly kind: "lost"; readonly node: Node; readonly why: LostObject };

/**
 * Why it can't be known what an object holds. `computed`: a key is made up at run time · `pattern`: a pattern or a loop
 * writes it · `other-name`: an object in it is changed by another name · `argument`: a function gets it that may add to
 * it · `shared`: it is the same each time that it is handed out · `kept`: something holds it that can't be followed.
 */
export type LostObject = "computed" | "pattern" | "other-name" | "argument" | "shared" | "kept";

/** What is traced: the object, a copy of it that has the same members, or the object in a member, by its name. */
interface Part {
  readonly kind: "whole" | "copy" | "member";
  readonly name: string;
}

type Start = Pick<TraceStart<Part>, "node" | "path">;

const WHOLE: Part = { kind: "whole", name: "" };
const COPY: Part = { kind: "copy", name: "" };

/**
 * Everything that is done to an object under any of its names. A function of another package may change its first
 * argument, and is trusted with the others.
 *
 * @param starts the literal, the reads of a variable that holds the object, or what gives a promise of it
 */
export function findObjectChanges(model: Model, starts: readonly Start[]): ObjectChange[] {
  const parts = new Map<string, Part>();
  const partBehind = (hop: PartHop<Part>): Part | undefined => {
    if (hop.state.kind === "member") {
      return undefined;
    }
    if (hop.type === "copy") {
      return COPY;
    }
    const name = hop.type === "member" && hop.call === undefined ? hop.name : undefined;
    const part = name === undefined ? undefined : (parts.get(name) ?? { kind: "member", name });
    return part === undefined ? undefined : parts.set(part.name, part).get(part.name);
  };
  const from = starts.map((start): TraceStart<Part> => ({ ...start, state: WHOLE }));
  const events = trace(model, from, { part: partBehind });
  return [...events].flatMap((event) => changesBy(model, event));
}

/** Everything that is done to the object that a literal makes. */
export const changesOfLiteral = perKey((model, literal: ESTree.ObjectExpression): readonly ObjectChange[] =>
  findObjectChanges(model, [{ node: literal }]),
);

/** True when nothing is done to the object that a variable holds, under any of its names. */
export function isUnchanged(model: Model, variable: Variable): boolean {
  return (
    findObjectChanges(
      model,
      readsOf(variable).map((node) => ({ node })),
    ).length === 0
  );
}

function changesBy(model: Model, event: TraceEvent<Part>): ObjectChange[] {
  const { kind, name } = event.state;
  if (kind === "copy") {
    return [];
  }
  switch (event.type) {
    case "write":
      return kind === "member" ? [{ kind: "nested", name, member: event.target }] : [changeBy(event)];
    case "change": {
      const [, ...sources] = event.call.arguments;
      if (kind === "member") {
        return [{ kind: "lost", node: event.node, why: "other-name" }];
      }
      return globalPath(model, event.call.callee) === "Object.assign"
        ? sources.map((source) => ({ kind: "merge", source }))
        : [{ kind: "lost", node: event.node, why: "argument" }];
    }
    case "escape": {
      const why = kind === "whole" ? lossBy(model, event) : undefined;
      return why === undefined ? [] : [{ kind: "lost", node: event.node, why }];
    }
    default:
      return [];
  }
}

type EventOf<T extends TraceEvent<Part>["type"]> = Extract<TraceEvent<Part>, { readonly type: T }>;

function changeBy({ how, target, by, name, value }: EventOf<"write">): ObjectChange {
  if (how === "pattern" || how === "loop") {
    return { kind: "lost", node: target, why: "pattern" };
  }
  if (name === undefined) {
    return { kind: "lost", node: target, why: "computed" };
  }
  return how === "delete" ? { kind: "delete", name } : { kind: "set", name, value: value ?? by };
}

/** How an escape can change the object; undefined where it can't. */
function lossBy(model: Model, { node, path, reason }: EventOf<"escape">): LostObject | undefined {
  const losses: Readonly<Partial<Record<EscapeReason, LostObject | undefined>>> = {
    // An object around it is only shown.
    argument: path.length === 0 && isGivenToChanger(model, node) ? "argument" : undefined,
    returned: isOfModule(model, node) ? "shared" : undefined,
  };
  return reason in losses ? losses[reason] : "kept";
}

function isGivenToChanger(model: Model, argument: Node): boolean {
  const call = model.parentOf(argument);
  if (call?.type !== "CallExpression" && call?.type !== "NewExpression") {
    return true;
  }
  // A function of the file that takes it by `arguments`.
  const isOfFile = resolveFunction(model, call.callee).kind === "local";
  return isOfFile || (call.arguments[0] === argument && mayChangeFirst(model, call.callee));
}

/** `merge(options, more)` of a package changes its first argument; clients, and what only looks, do not. */
function mayChangeFirst(model: Model, callee: Node): boolean {
  if (callee.type === "MemberExpression") {
    const name = staticName(callee) ?? "";
    const isReader = argumentReaders.has(globalPath(model, callee) ?? "");
    const reading = readingMethods.get(packageOf(model, callee) ?? "");
    return !isReader && !verbMethods.has(name) && reading?.has(name) !== true;
  }
  const definition = model.variableOf(callee)?.defs[0];
  const { id, init } = definition?.type === "Variable" ? definition.node : {};
  const taken = init?.type === "MemberExpression" ? init.object : init;
  const isTakenIn =
    id?.type === "ObjectPattern" || (taken !== undefined && taken !== null && isRequireCall(model, taken));
  return definition?.type === "ImportBinding" || isTakenIn;
}

/** True for the name of an object that the module holds: each call gives the same. */
function isOfModule(model: Model, node: Node): boolean {
  const declared = model.variableOf(node)?.identifiers[0];
  return declared !== undefined && model.functionOf(declared) === null;
}
