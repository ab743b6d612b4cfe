import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { globalObjects } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";

/** A call of a method of the global `console`. */
export interface ConsoleCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly method: string;
  /** What names the method in the call: the member, or the variable that holds the method. */
  readonly callee: Node;
  /** False for `console.table?.()`, and where the file asks elsewhere whether the method exists. */
  readonly isUnconditional: boolean;
}

/** The methods of a console object as a file uses them. */
class ConsoleReader {
  readonly calls: ConsoleCall[] = [];
  /** Methods that are read without being called, or set: the file looks whether they are there. */
  readonly asked = new Set<string>();
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** A node that means the console. */
  visitConsole(node: Node): void {
    const parent = this.#model.parentOf(node);
    if (parent?.type === "MemberExpression" && parent.object === node) {
      const method = staticName(parent);
      if (method !== undefined) {
        this.#visitMethod(parent, method, parent.optional);
      }
    } else if (parent?.type === "VariableDeclarator" && parent.init === node) {
      this.#visitTarget(parent.id);
    }
  }

  #visitTarget(target: ESTree.Pattern): void {
    if (target.type === "Identifier") {
      for (const read of this.#readsOfConstant(target)) {
        this.visitConsole(read);
      }
    }
    for (const property of target.type === "ObjectPattern" ? target.properties : []) {
      const method = property.type === "Property" ? staticName(property) : undefined;
      if (property.type === "Property" && method !== undefined && property.value.type === "Identifier") {
        for (const read of this.#readsOfConstant(property.value)) {
          this.#visitMethod(read, method, false);
        }
      }
    }
  }

  #readsOfConstant(name: ESTree.Identifier): Node[] {
    const variable = this.#model.variableOf(name);
    return variable !== undefined && isConstant(variable) ? readsOf(variable) : [];
  }

  #visitMethod(callee: Node, method: string, isOptional: boolean): void {
    const call = this.#model.parentOf(callee);
    if (call?.type === "CallExpression" && call.callee === callee) {
      this.calls.push({ call, method, callee, isUnconditional: !call.optional && !isOptional });
    } else {
      this.asked.add(method);
    }
  }
}

/** Finds the calls of the console by binding, in no particular order. */
export const findConsoleCalls = perModel((model): readonly ConsoleCall[] => {
  const reader = new ConsoleReader(model);
  for (const identifier of model.globals("console")) {
    if (model.referenceOf(identifier) !== undefined) {
      reader.visitConsole(identifier);
    }
  }
  for (const identifier of globalObjects.flatMap((name) => model.globals(name))) {
    const member = model.parentOf(identifier);
    if (member?.type === "MemberExpression" && member.object === identifier && staticName(member) === "console") {
      reader.visitConsole(member);
    }
  }
  return reader.calls.map((call) => ({
    ...call,
    isUnconditional: call.isUnconditional && !reader.asked.has(call.method),
  }));
});
