import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { isAsync, isPure } from "../code/effects.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { importedPath } from "../code/names.ts";
import { bareExpression, bodyPartsOf, isFunction, isInside } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { alwaysGets } from "./callback-makers.ts";

/** `if (done) return; done = true; callback(…);`: what keeps the callback from being called again, which V1 does itself. */
export interface OnceGuard {
  readonly declarator: ESTree.VariableDeclarator;
  /** What sets the flag, and what returns when it is set. */
  readonly statements: readonly ESTree.Statement[];
  /** `if (!done) { … }`, of which the block stays. */
  readonly tests: readonly { readonly statement: ESTree.IfStatement; readonly block: ESTree.BlockStatement }[];
}

/** The packages whose `once` gives a function that calls another one at most once. */
const ONCE: ReadonlySet<string> = new Set(["lodash", "es-toolkit", "es-toolkit/compat"]);
/** What may run once more without a difference. */
const REPEATABLE: ReadonlySet<string> = new Set(["clearImmediate", "clearInterval", "clearTimeout"]);

class Flag {
  readonly statements = new Set<ESTree.Statement>();
  readonly tests = new Map<ESTree.IfStatement, ESTree.BlockStatement>();
  readonly #model: Model;
  readonly #variable: Variable;
  readonly #settling: ReadonlySet<Variable>;

  constructor(model: Model, variable: Variable, settling: ReadonlySet<Variable>) {
    this.#model = model;
    this.#variable = variable;
    this.#settling = settling;
  }

  /** True when all that is done with the flag only keeps the callback from being called again. */
  isGuard(): boolean {
    const uses = this.#variable.references.filter(({ init }) => init !== true);
    return uses.length > 1 && uses.every(({ identifier }) => this.#visit(identifier as Node));
  }

  #visit(name: Node): boolean {
    const statement = this.#model.statementOf(name);
    if (this.#isSet(statement)) {
      this.statements.add(statement);
      return this.#isBesideCall(statement);
    }
    if (statement.type !== "IfStatement" || statement.alternate) {
      return false;
    }
    const { test, consequent } = statement;
    if (test === name) {
      this.statements.add(statement);
      return isBareReturn(consequent) && this.#isGuarded(this.#behind(statement));
    }
    const isMissing = test.type === "UnaryExpression" && test.operator === "!" && test.argument === name;
    if (!isMissing || consequent.type !== "BlockStatement") {
      return false;
    }
    this.tests.set(statement, consequent);
    return this.#isGuarded(consequent.body) && consequent.body.every(({ type }) => type !== "ReturnStatement");
  }

  /** What follows a statement up to the end of its function. */
  #behind(statement: ESTree.Statement): readonly ESTree.Statement[] {
    const block = this.#model.parentOf(statement);
    const owner = block === null ? null : this.#model.parentOf(block);
    const list = block?.type === "BlockStatement" && owner !== null && isFunction(owner) ? block.body : [];
    return list.slice(list.indexOf(statement) + 1);
  }

  #isGuarded(statements: readonly ESTree.Statement[]): boolean {
    return (
      statements.some((statement) => this.#isCall(statement)) &&
      statements.every((statement) => this.#isSet(statement) || this.#isCall(statement) || this.#isHarmless(statement))
    );
  }

  #isBesideCall(statement: ESTree.Statement): boolean {
    const block = this.#model.parentOf(statement);
    const list = block?.type === "BlockStatement" ? block.body : [];
    const index = list.indexOf(statement);
    const next = list.slice(index + 1).find((other) => !this.#isHarmless(other));
    const last = list.slice(0, index).findLast((other) => !this.#isHarmless(other));
    return [next, last].some((other) => other !== undefined && this.#isCall(other));
  }

  /** `done = true;` */
  #isSet(statement: Node): statement is ESTree.ExpressionStatement {
    const expression = statement.type === "ExpressionStatement" ? statement.expression : undefined;
    return (
      expression?.type === "AssignmentExpression" &&
      expression.operator === "=" &&
      this.#model.variableOf(expression.left) === this.#variable &&
      expression.right.type === "Literal" &&
      Boolean(expression.right.value)
    );
  }

  #isCall(statement: Node): boolean {
    const call = bareExpression(statement);
    const callee = call?.type === "CallExpression" ? this.#model.variableOf(call.callee) : undefined;
    return (
      callee !== undefined &&
      this.#settling.has(callee) &&
      call?.type === "CallExpression" &&
      call.arguments.every((given) => isPure(this.#model, given.type === "SpreadElement" ? given.argument : given))
    );
  }

  #isHarmless(statement: Node): boolean {
    const call = statement.type === "ExpressionStatement" ? statement.expression : undefined;
    return (
      isBareReturn(statement) ||
      (call?.type === "CallExpression" &&
        call.callee.type === "Identifier" &&
        REPEATABLE.has(call.callee.name) &&
        this.#model.isGlobal(call.callee, call.callee.name) &&
        call.arguments.every(({ type }) => type === "Identifier"))
    );
  }
}

function isBareReturn(statement: Node): boolean {
  const statements: readonly Node[] = statement.type === "BlockStatement" ? statement.body : [statement];
  const [only] = statements;
  return statements.length === 1 && only?.type === "ReturnStatement" && !only.argument;
}

/** The functions that get nothing but the callback, as `once` in `const reply = once(callback)`, with their parameters. */
function takersOf(model: Model, settling: ReadonlySet<Variable>): ReadonlyMap<FunctionNode, Variable> {
  const isCallback = (node: Node): boolean => settling.has(model.variableOf(node) as Variable);
  const calls = [...settling].flatMap(readsOf).flatMap((read) => {
    const call = model.parentOf(read);
    return call?.type === "CallExpression" && call.callee !== read ? [call] : [];
  });
  const taken = calls.flatMap(({ callee }) => {
    const node = callee.type === "Super" ? undefined : localFunctionOf(model, callee);
    const [parameter, ...others] = node?.params ?? [];
    const variable = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
    return node !== undefined &&
      variable !== undefined &&
      others.length === 0 &&
      alwaysGets(model, parameter as Node, isCallback)
      ? [[node, variable] as const]
      : [];
  });
  return new Map(taken);
}

/** `once` in `const reply = once(callback)`: what it gives only hands everything on to what it gets. */
export function isHandingOn(model: Model, callee: Node): boolean {
  const node = localFunctionOf(model, callee);
  const [parameter, ...others] = node?.params ?? [];
  const variable = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  if (node === undefined || variable === undefined || others.length > 0 || isAsync(node) || node.generator === true) {
    return importedPath(model, callee)?.path.join() === "once" && ONCE.has(importedPath(model, callee)?.source ?? "");
  }
  const parts = bodyPartsOf(node);
  const given = bareExpression(parts[0]);
  const inner = parts.length === 1 && given ? localFunctionOf(model, given) : undefined;
  const call = inner === undefined || isAsync(inner) ? undefined : bareExpression(bodyPartsOf(inner)[0]);
  return (
    inner !== undefined &&
    bodyPartsOf(inner).length === 1 &&
    call?.type === "CallExpression" &&
    model.variableOf(call.callee) === variable &&
    handsAllOn(model, inner, call)
  );
}

/** `(...given) => callback(...given)`, `(error, result) => callback(error, result)` */
export function handsAllOn(model: Model, { params }: FunctionNode, call: ESTree.SimpleCallExpression): boolean {
  return (
    params.length === call.arguments.length &&
    params.every((parameter, index) => {
      const given = call.arguments[index];
      const [own, other] =
        parameter.type === "RestElement" && given?.type === "SpreadElement"
          ? [parameter.argument, given.argument]
          : [parameter, given];
      const variable = own.type === "Identifier" ? model.variableOf(own) : undefined;
      return variable !== undefined && other?.type === "Identifier" && model.variableOf(other) === variable;
    })
  );
}

/** Finds the flags of the handler that only keep the callback from being called again. */
export function findOnceGuards(model: Model, owner: FunctionNode, settling: ReadonlySet<Variable>): OnceGuard[] {
  const takers = takersOf(model, settling);
  const answering = new Set([...settling, ...takers.values()]);
  const owners = [owner, ...takers.keys()];
  return model.nodes("VariableDeclarator").flatMap((declarator) => {
    const variable = declarator.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
    const isUnset = !declarator.init || (declarator.init.type === "Literal" && !declarator.init.value);
    const isOwn = variable?.defs.length === 1 && isUnset && owners.some((each) => isInside(declarator, each));
    const flag = variable !== undefined && isOwn ? new Flag(model, variable, answering) : undefined;
    if (flag?.isGuard() !== true) {
      return [];
    }
    const tests = [...flag.tests].map(([statement, block]) => ({ statement, block }));
    return [{ declarator, statements: [...flag.statements], tests }];
  });
}
