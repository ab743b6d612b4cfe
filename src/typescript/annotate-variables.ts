import type * as ESTree from "estree";
import type { Model } from "../analysis/code/model.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { rareBlanksEnd } from "../edits/text/white-space.ts";
import type { Annotation, Migrated } from "./migrated.ts";
import type { Erased, Piece } from "./erase.ts";
import { isRequest, isResponse } from "./responses.ts";

/** The type of a name that has no mark any more. */
interface LostType {
  readonly name: string;
  readonly text: string;
}

/**
 * Types of variables: those that are newly declared get the type that the name had, and what holds a Response now, has
 * no type of what V1 answered.
 */
export function annotateVariables(erased: Erased, migrated: Migrated): Annotation[] {
  const { model, keptOffset } = migrated;
  const lost = lostTypes(erased, model.text);
  const renewed = model.nodes("VariableDeclarator").flatMap(({ id, init }): Annotation[] => {
    const [start, end] = rangeOf(id);
    const isTyped = rareBlanksEnd(model.text, end) > end;
    if (isResponse(model, init)) return isTyped ? [{ offset: end, text: "" }] : [];
    if (isTyped || id.type !== "Identifier" || keptOffset(start) !== undefined) return [];
    const [type, ...others] = lost.filter(({ name }) => name === id.name);
    return type === undefined || others.length > 0 ? [] : [{ offset: end, text: type.text }];
  });
  return [...renewed, ...responseParameters(model)];
}

/** The annotations of variables and parameters whose marks are gone. */
function lostTypes({ text, marks, pieces }: Erased, output: string): LostType[] {
  const found = new Set(marks.read(output).map(({ number }) => number));
  return marks.read(text).flatMap(({ number, start }) => {
    const piece = pieces[number];
    const name = nameBefore(text, start);
    const isLost = piece !== undefined && isOfName(piece) && !found.has(number);
    return isLost && name !== "" ? [{ name, text: piece.text }] : [];
  });
}

/** The word that ends at an offset. */
function nameBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && /[\p{ID_Continue}$]/u.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, end);
}

function isOfName({ role, text }: Piece): boolean {
  return (role === "variable" || role === "parameter") && text.startsWith(":");
}

/** `fetch(…).then((response: T) => …)`: a parameter with a type. */
function responseParameters(model: Model): Annotation[] {
  return model.nodes("CallExpression").flatMap(({ callee, arguments: given }) => {
    const isThen =
      callee.type === "MemberExpression" && isNamed(callee.property, "then") && isRequest(model, callee.object);
    const [handler] = given;
    const [parameter] = isThen && handler?.type === "ArrowFunctionExpression" ? handler.params : [];
    const end = parameter === undefined ? 0 : rangeOf(parameter)[1];
    return end > 0 && rareBlanksEnd(model.text, end) > end ? [{ offset: end, text: "" }] : [];
  });
}

function isNamed(node: ESTree.MemberExpression["property"], name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}
