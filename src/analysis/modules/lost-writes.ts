import type { Model } from "../code/model.ts";
import { rangeOf, rootOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { SloppyShape } from "./sloppy-shape.ts";

/** Methods of `Object` after which an object can't be changed in every way. */
const LOCKS = ["freeze", "seal", "preventExtensions"];

/** Properties that can't be deleted of anything that has them by itself: lists, texts, functions. */
const FIXED = new Set(["length", "prototype"]);

/** What code writes in a certain way: a property, or what it deletes. */
function writesOf(model: Model): { readonly target: Node; readonly isDelete: boolean }[] {
  const deleted = model.nodes("UnaryExpression").filter(({ operator }) => operator === "delete");
  return [
    ...model.nodes("AssignmentExpression").map(({ left }) => ({ target: left, isDelete: false })),
    ...deleted.map(({ argument }) => ({ target: argument, isDelete: true })),
  ];
}

function isLocked(model: Model, target: Node): boolean {
  const root = rootOf(target);
  const [definition] = root === target || root.type !== "Identifier" ? [] : (model.variableOf(root)?.defs ?? []);
  const init = definition?.type === "Variable" ? definition.node.init : null;
  return (
    init?.type === "CallExpression" &&
    init.callee.type === "MemberExpression" &&
    model.isGlobal(init.callee.object, "Object") &&
    LOCKS.includes(staticName(init.callee) ?? "")
  );
}

/** Writes that do nothing in sloppy mode, and throw a TypeError in strict mode: to frozen objects, of fixed properties. */
export function lostWrites(model: Model): SloppyShape[] {
  return writesOf(model)
    .filter(({ target }) => !model.scopeAt(target).isStrict)
    .flatMap(({ target, isDelete }): SloppyShape[] => {
      const [offset] = rangeOf(target);
      if (isLocked(model, target)) {
        return [{ what: "The write to a frozen object", offset }];
      }
      const name = target.type === "MemberExpression" ? staticName(target) : undefined;
      return isDelete && name !== undefined && FIXED.has(name) ? [{ what: `\`delete\` of \`${name}\``, offset }] : [];
    });
}
