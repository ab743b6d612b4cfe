import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { globalObjects, importedPath, isRequireCall } from "../code/names.ts";
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

/** A method of the global `console` that is not called, but given to somebody who calls it: `.catch(console.error)`. */
export interface HandedMethod {
  readonly method: string;
  readonly node: Node;
  /** The call that gets it. */
  readonly call: ESTree.SimpleCallExpression | ESTree.NewExpression;
}

/** The methods of a console object as a file uses them. */
class ConsoleReader {
  readonly calls: ConsoleCall[] = [];
  readonly handed: HandedMethod[] = [];
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

  /** A name that means a method of the console. */
  visitName(name: ESTree.Identifier, method: string): void {
    for (const read of this.#readsOfConstant(name)) {
      this.#visitMethod(read, method, false);
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

  /** `console.dir.bind(console)` */
  #visitBound(member: Node, method: string, isOptional: boolean): void {
    const call = this.#model.parentOf(member);
    const declarator = call?.type === "CallExpression" && call.callee === member ? this.#model.parentOf(call) : null;
    if (declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier") {
      for (const read of this.#readsOfConstant(declarator.id)) {
        this.#visitMethod(read, method, isOptional);
      }
    }
  }

  #visitMethod(callee: Node, method: string, isOptional: boolean): void {
    const parent = this.#model.parentOf(callee);
    if (parent?.type === "CallExpression" && parent.callee === callee) {
      this.calls.push({ call: parent, method, callee, isUnconditional: !parent.optional && !isOptional });
    } else if (parent?.type === "CallExpression" || parent?.type === "NewExpression") {
      this.handed.push({ method, node: callee, call: parent });
    } else if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") {
      for (const read of this.#readsOfConstant(parent.id)) {
        this.#visitMethod(read, method, isOptional);
      }
    } else if (parent?.type === "MemberExpression" && parent.object === callee && staticName(parent) === "bind") {
      this.#visitBound(parent, method, isOptional);
    } else {
      this.asked.add(method);
    }
  }
}

const CONSOLE = /^(?:node:)?console$/u;

/** What means the console by `node:console`: `require("console")`, and the names of an import as a whole. */
function packageMentions(model: Model): Node[] {
  const required = model
    .nodes("CallExpression")
    .filter((call) => isRequireCall(model, call) && CONSOLE.test(importedPath(model, call)?.source ?? ""));
  const whole = consoleImports(model).filter(({ type }) => type !== "ImportSpecifier");
  return [...required, ...whole.flatMap(({ local }) => readsOfName(model, local))];
}

function importedMethods(model: Model): { readonly name: ESTree.Identifier; readonly method: string }[] {
  return consoleImports(model).flatMap((specifier) =>
    specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier"
      ? [{ name: specifier.local, method: specifier.imported.name }]
      : [],
  );
}

function consoleImports(model: Model) {
  return model
    .nodes("ImportDeclaration")
    .filter(({ source }) => CONSOLE.test(String(source.value)))
    .flatMap(({ specifiers }) => specifiers);
}

function readsOfName(model: Model, name: ESTree.Identifier): Node[] {
  const variable = model.variableOf(name);
  return variable === undefined ? [] : readsOf(variable);
}

const consoleReader = perModel((model): ConsoleReader => {
  const reader = new ConsoleReader(model);
  for (const identifier of model.globals("console")) {
    if (model.referenceOf(identifier) !== undefined) {
      reader.visitConsole(identifier);
    }
  }
  for (const node of packageMentions(model)) {
    reader.visitConsole(node);
  }
  for (const { name, method } of importedMethods(model)) {
    reader.visitName(name, method);
  }
  for (const identifier of globalObjects.flatMap((name) => model.globals(name))) {
    const member = model.parentOf(identifier);
    if (member?.type === "MemberExpression" && member.object === identifier && staticName(member) === "console") {
      reader.visitConsole(member);
    }
  }
  return reader;
});

/** Finds the calls of the console by binding, in no particular order. */
export const findConsoleCalls = perModel((model): readonly ConsoleCall[] => {
  const { calls, asked } = consoleReader(model);
  return calls.map((call) => ({ ...call, isUnconditional: call.isUnconditional && !asked.has(call.method) }));
});

/** Finds the methods of the console that others get to call, unless the file asks whether they are there. */
export function findHandedMethods(model: Model): HandedMethod[] {
  const { handed, asked } = consoleReader(model);
  return handed.filter(({ method }) => !asked.has(method));
}
