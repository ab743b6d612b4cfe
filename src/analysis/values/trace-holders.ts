import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { nameOfKey } from "../code/class-members.ts";
import { classOf, holderOf, lineageOf } from "../code/members.ts";
import { memberNameOf } from "../code/members-names.ts";
import type { Holder } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import type { Path, Position, Tracer } from "./trace-events.ts";
import { visitElements } from "./trace-members.ts";
import { elementStep, memberStep, within } from "./trace-path.ts";

/** The value stands in a literal, in a field of a class, or behind `...`. */
export function visitHeld<S>(
  tracer: Tracer<S>,
  parent:
    | ESTree.Property
    | ESTree.AssignmentProperty
    | ESTree.PropertyDefinition
    | ESTree.ArrayExpression
    | ESTree.SpreadElement,
  at: Position<S>,
): void {
  switch (parent.type) {
    case "ArrayExpression": {
      const index = parent.elements.findIndex((element) => element === at.node);
      const isCounted = parent.elements.slice(0, index).every((element) => element?.type !== "SpreadElement");
      hold(tracer, parent, elementStep(isCounted ? index : undefined), at);
      break;
    }
    case "SpreadElement":
      visitSpread(tracer, parent, at);
      break;
    case "Property": {
      const literal = tracer.model.parentOf(parent);
      if (literal?.type === "ObjectExpression" && parent.value === at.node) {
        const step = memberStep(memberNameOf(tracer.model, parent));
        hold(tracer, literal, step, at);
      } else {
        tracer.use({ type: "convert", ...at, by: parent });
      }
      break;
    }
    case "PropertyDefinition":
      visitField(tracer, parent, at);
  }
}

/** Goes on with what holds the value. */
function hold<S>(tracer: Tracer<S>, holder: Node, step: string, at: Position<S>): void {
  const state = tracer.same({ type: "hold", ...at, holder, step });
  const path = within(step, at.path);
  if (state !== undefined) {
    tracer.go(holder, path, state, at);
    goToAll(tracer, thisesOf(tracer.model, holder, "literal"), path, { ...at, state });
  }
}

function goToAll<S>(tracer: Tracer<S>, places: readonly Node[], path: Path | undefined, at: Position<S>): void {
  for (const place of places) {
    tracer.go(place, path, at.state, at);
  }
}

/** In the methods of an object literal, `this` means the object. */
export function visitOwnThis<S>(tracer: Tracer<S>, literal: Node, at: Position<S>): void {
  goToAll(tracer, thisesOf(tracer.model, literal, "literal"), [], at);
}

function visitSpread<S>(tracer: Tracer<S>, spread: ESTree.SpreadElement, at: Position<S>): void {
  const literal = tracer.model.parentOf(spread);
  if (literal?.type === "ArrayExpression") {
    visitElements(tracer, spread, at, (element) => {
      tracer.go(literal, within(elementStep(), element.path), element.state, at);
    });
  } else if (literal?.type !== "ObjectExpression") {
    tracer.escape(at, "spread");
  } else if (at.path[0]?.startsWith(".") === true) {
    if (!isReplaced(tracer.model, literal, spread, at.path[0])) {
      tracer.go(literal, at.path, at.state, at);
    }
  } else if (at.path.length === 0) {
    const state = tracer.part({ type: "copy", ...at, by: spread });
    if (state !== undefined) {
      tracer.go(literal, [], state, at);
    }
  }
}

/** True for `{ ...options, headers: {} }`, where the member that the spread brings gets another value. */
function isReplaced(model: Model, { properties }: ESTree.ObjectExpression, spread: Node, step: string): boolean {
  const list: readonly Node[] = properties;
  return list.slice(list.indexOf(spread) + 1).some((property) => {
    const name = property.type === "Property" ? memberNameOf(model, property) : undefined;
    return name !== undefined && step === memberStep(name);
  });
}

function visitField<S>(tracer: Tracer<S>, field: ESTree.PropertyDefinition, at: Position<S>): void {
  const body = tracer.model.parentOf(field);
  const owner = body === null ? null : tracer.model.parentOf(body);
  if (field.value !== at.node || (owner?.type !== "ClassDeclaration" && owner?.type !== "ClassExpression")) {
    tracer.use({ type: "convert", ...at, by: field });
    return;
  }
  const step = memberStep(nameOfKey(field));
  const state = tracer.same({ type: "hold", ...at, holder: owner, step });
  if (state !== undefined) {
    const holder = { kind: field.static ? "static" : "instance", node: owner } as const;
    goToHolder(tracer, holder, within(step, at.path), { ...at, state });
  }
}

/** `object.name = value`, and a field as the target of a pattern. */
export function storeInField<S>(tracer: Tracer<S>, target: ESTree.MemberExpression, at: Position<S>): void {
  const step = memberStep(memberNameOf(tracer.model, target));
  const state = tracer.same({ type: "hold", ...at, holder: target.object, step });
  if (state !== undefined && /^(?:module\.)?exports\b/u.test(globalPath(tracer.model, target) ?? "")) {
    tracer.escape(at, "exported");
  } else if (state !== undefined) {
    storeIn(tracer, target.object, within(target.computed && step === memberStep() ? elementStep() : step, at.path), {
      ...at,
      state,
    });
  }
}

/** Goes on at all places that mean an object, once it holds the value. */
export function storeIn<S>(tracer: Tracer<S>, object: Node, path: Path | undefined, at: Position<S>): void {
  const { model } = tracer;
  const variable = object.type === "Identifier" ? model.variableOf(object) : undefined;
  if (path === undefined) {
    tracer.escape(at, "deep");
  } else if (object.type === "ThisExpression") {
    const holder = holderOf(model, object);
    if (holder === undefined) {
      tracer.escape(at, "stored");
    } else {
      goToHolder(tracer, holder, path, at);
    }
  } else if (variable !== undefined) {
    goToAll(tracer, readsOf(variable), path, at);
    if (!isFresh(variable)) {
      tracer.escape(at, "stored");
    }
  } else if (object.type === "MemberExpression" && globalPath(model, object) === undefined) {
    storeIn(tracer, object.object, within(memberStep(memberNameOf(model, object)), path), at);
  } else {
    tracer.escape(at, "stored");
  }
}

/** True for a constant with an object of its own, which no other name means. */
function isFresh(variable: Variable): boolean {
  const definition = isConstant(variable) ? variable.defs[0] : undefined;
  const init =
    definition?.type === "Variable" && definition.node.id.type === "Identifier" ? definition.node.init : null;
  return (
    init?.type === "ObjectExpression" ||
    init?.type === "ArrayExpression" ||
    (init?.type === "NewExpression" && init.callee.type === "Identifier")
  );
}

/** Goes on with a class, or with its instances, once they hold the value. */
function goToHolder<S>(tracer: Tracer<S>, holder: Holder, path: Path | undefined, at: Position<S>): void {
  const { model } = tracer;
  goToAll(tracer, thisesOf(model, holder.node, holder.kind), path, at);
  if (holder.kind === "literal") {
    tracer.go(holder.node, path, at.state, at);
    return;
  }
  const uses = usesOfClass(model).get(holder.node);
  goToAll(tracer, holder.kind === "static" ? (uses?.names ?? []) : (uses?.instances ?? []), path, at);
  if (uses?.isOpen !== false) {
    tracer.escape(at, "stored");
  }
}

/** The places where `this` means a literal, a class or its instances. */
function thisesOf(model: Model, node: Node, kind: Holder["kind"]): readonly Node[] {
  return thisesByHolder(model)[kind].get(node) ?? [];
}

const thisesByHolder = perModel((model): Readonly<Record<Holder["kind"], ReadonlyMap<Node, readonly Node[]>>> => {
  const thises = {
    literal: new Map<Node, Node[]>(),
    instance: new Map<Node, Node[]>(),
    static: new Map<Node, Node[]>(),
  };
  for (const node of model.nodes("ThisExpression")) {
    const holder = holderOf(model, node);
    if (holder !== undefined) {
      const known = thises[holder.kind].get(holder.node) ?? [];
      known.push(node);
      thises[holder.kind].set(holder.node, known);
    }
  }
  return thises;
});

/** How a class is used. */
interface ClassUses {
  readonly names: Node[];
  /** The expressions that make instances of it or of a subclass. */
  readonly instances: Node[];
  /** True when others may make instances. */
  isOpen: boolean;
}

const usesOfClass = perModel((model): ReadonlyMap<Node, ClassUses> => {
  const uses = new Map<Node, ClassUses>();
  const classes = [...model.nodes("ClassDeclaration"), ...model.nodes("ClassExpression")];
  for (const node of classes) {
    const names = namesOfClass(model, node);
    const isOpen = names === undefined || !names.every((name) => isKnownUse(model, name));
    uses.set(node, { names: [...(names ?? [])], instances: [], isOpen });
  }
  for (const made of model.nodes("NewExpression")) {
    const of = classOf(model, made.callee);
    for (const node of of === undefined ? [] : lineageOf(model, of)) {
      uses.get(node)?.instances.push(made);
    }
  }
  return uses;
});

/** The reads of the names of a class; undefined for one that is used in place, or whose name changes. */
function namesOfClass(model: Model, node: ESTree.Class): readonly Node[] | undefined {
  const parent = model.parentOf(node);
  const holder = parent?.type === "VariableDeclarator" && parent.init === node ? parent : node;
  // A class is known by its name inside of it as well, by a variable of its own.
  const variables = [holder, node].flatMap((each) => model.scopeManager.getDeclaredVariables(each));
  const isExported = model.parentOf(model.statementOf(node))?.type.startsWith("Export") === true;
  return variables.length > 0 && variables.every(isConstant) && !isExported ? variables.flatMap(readsOf) : undefined;
}

function isKnownUse(model: Model, name: Node): boolean {
  const parent = model.parentOf(name);
  switch (parent?.type) {
    case "NewExpression":
      return parent.callee === name;
    case "MemberExpression":
      return parent.object === name;
    case "ClassDeclaration":
    case "ClassExpression":
    case "BinaryExpression":
      return true;
    default:
      return false;
  }
}
