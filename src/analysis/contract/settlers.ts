import type { Variable } from "eslint-scope";
import { readsOf } from "../code/bindings.ts";
import { resolveFunction } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { importedPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";

/** Where the functions are kept that settle a promise of the file: whoever calls them lets go on what waits for it. */
export interface Settlers {
  readonly variables: ReadonlySet<Variable>;
  /** Names of members. */
  readonly names: ReadonlySet<string>;
}

/** `new Promise((resolve) => { finish = resolve; })` and `{ this.finish = resolve; }` */
export function settlersOf(model: Model): Settlers {
  const variables = new Set<Variable>();
  const names = new Set<string>();
  for (const made of model.nodes("NewExpression").filter((node) => isMaking(model, node))) {
    const executor = made.arguments[0] === undefined ? undefined : resolveFunction(model, made.arguments[0]);
    for (const parameter of executor?.kind === "local" ? executor.node.params : []) {
      const variable = model.variableOf(parameter);
      for (const read of variable === undefined ? [] : readsOf(variable)) {
        const user = model.parentOf(read);
        const target = user?.type === "AssignmentExpression" && user.right === read ? user.left : user;
        const kept = target?.type === "Identifier" ? model.variableOf(target) : undefined;
        const name =
          target?.type === "MemberExpression" || target?.type === "Property" ? staticName(target) : undefined;
        if (kept !== undefined) {
          variables.add(kept);
        }
        if (name !== undefined) {
          names.add(name);
        }
      }
    }
  }
  return { variables, names };
}

export function isSettler(model: Model, { variables, names }: Settlers, node: Node): boolean {
  if (node.type === "MemberExpression") {
    return names.has(staticName(node) ?? "");
  }
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  return variable !== undefined && variables.has(variable);
}

/** `util.promisify(load)` */
export function isPromisifying(model: Model, call: Node): boolean {
  const { source, path = [] } = (call.type === "CallExpression" ? importedPath(model, call.callee) : undefined) ?? {};
  return /^(?:node:)?util$/u.test(source ?? "") && path.join(".") === "promisify";
}

/** `new Promise(…)` */
export function isMaking(model: Model, call: Node): boolean {
  return call.type === "NewExpression" && model.isGlobal(call.callee, "Promise");
}
