import type * as ESTree from "estree";
import { memberNameOf } from "../code/members-names.ts";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { changesOfList } from "./list-changes.ts";
import { changesOfLiteral } from "./object-changes.ts";
import type { OriginPosition, OriginSearch } from "./origins-types.ts";
import { PROMISE, elementStep, isInList, memberStep, outOf } from "./trace-path.ts";

/** What a literal holds at a path, with all that is done to it. */
export function visitLiteral(
  search: OriginSearch,
  node: ESTree.ObjectExpression | ESTree.ArrayExpression,
  at: OriginPosition,
): void {
  const [step, ...rest] = at.path[0] === PROMISE ? at.path.slice(1) : at.path;
  if (step === undefined) {
    search.made(at);
  } else if (node.type === "ArrayExpression") {
    visitElements(search, node, step, { ...at, path: rest });
  } else {
    visitProperties(search, node, isInList([step]) ? memberStep() : step, { ...at, path: rest });
  }
}

/** True for a list that surely has an element at the place that a step names; of any element it is asked where there is one. */
export function hasElement(model: Model, list: ESTree.ArrayExpression, step: string): boolean {
  const plain = list.elements.filter((element) => element?.type !== "SpreadElement");
  const isNamed = plain.some((_, index) => elementStep(index) === step);
  return step === elementStep() || (isNamed && !changesOfList(model, list).isChanged);
}

function visitElements(search: OriginSearch, list: ESTree.ArrayExpression, step: string, at: OriginPosition): void {
  const { isChanged, added, isLost } = changesOfList(search.model, list);
  if (!isInList([step])) {
    search.made({ ...at, path: [step, ...at.path] });
    return;
  }
  const isCounted = !isChanged && list.elements.every((element) => element?.type !== "SpreadElement");
  list.elements.forEach((element, index) => {
    if (isCounted && outOf([step], elementStep(index)) === undefined) {
      return;
    }
    if (element === null) {
      search.add({ kind: "nothing", node: list }, at);
    } else if (element.type === "SpreadElement") {
      search.go(element.argument, [elementStep(), ...at.path], at);
    } else {
      search.go(element, at.path, at);
    }
  });
  for (const node of added) {
    search.go(node, at.path, at);
  }
  if (!hasElement(search.model, list, step)) {
    search.add({ kind: "nothing", node: list }, at);
  }
  if (isLost) {
    search.add({ kind: "unknown", node: list, why: "changed" }, at);
  }
}

/** @param step the member that is looked for, in one of the properties, what is spread over them, or written later */
function visitProperties(
  search: OriginSearch,
  literal: ESTree.ObjectExpression,
  step: string,
  at: OriginPosition,
): void {
  const isSure = (property: Node): boolean =>
    property.type === "Property" && step !== memberStep() && stepOf(search.model, property) === step;
  const last = literal.properties.findLastIndex(isSure);
  for (const property of literal.properties.slice(Math.max(last, 0))) {
    if (property.type === "SpreadElement") {
      search.go(property.argument, [step, ...at.path], at);
    } else if (outOf([step], stepOf(search.model, property)) === undefined) {
      continue;
    } else if (property.kind === "init") {
      search.go(property.value, at.path, at);
    } else {
      search.add({ kind: "unknown", node: property, why: "changed" }, at);
    }
  }
  if (last < 0) {
    search.add({ kind: "nothing", node: literal }, at);
  }
  visitChanges(search, literal, step, at);
}

function visitChanges(search: OriginSearch, literal: ESTree.ObjectExpression, step: string, at: OriginPosition): void {
  for (const change of changesOfLiteral(search.model, literal)) {
    if (change.kind === "merge") {
      const source = change.source.type === "SpreadElement" ? undefined : change.source;
      if (source === undefined) {
        search.add({ kind: "unknown", node: change.source, why: "spread" }, at);
      } else {
        search.go(source, [step, ...at.path], at);
      }
    } else if (change.kind === "lost") {
      search.add({ kind: "unknown", node: change.node, why: "changed" }, at);
    } else if (change.kind === "set" && outOf([step], memberStep(change.name)) !== undefined) {
      search.go(change.value, at.path, at);
    } else if (change.kind === "delete" && outOf([step], memberStep(change.name)) !== undefined) {
      search.add({ kind: "nothing", node: literal }, at);
    }
  }
}

function stepOf(model: Model, property: ESTree.Property): string {
  return memberStep(memberNameOf(model, property));
}
