import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isElementCallback } from "../code/builtins.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { stringOf } from "./constants.ts";
import { isAppending } from "./elements.ts";
import { localFunctionOf } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import { writeOf } from "../code/writes.ts";
import { hasMemberWrite, mayChangeFirst, namesTaken } from "./object-reads.ts";

/** One thing that code does to an object which a variable holds. */
export type ObjectWrite =
  /** `object.name = value`. */
  | { readonly kind: "set"; readonly name: string; readonly value: Node }
  /** `delete object.name`. */
  | { readonly kind: "delete"; readonly name: string }
  /** `Object.assign(object, source)`. */
  | { readonly kind: "merge"; readonly source: Node }
  /** `object.name.other = value`. */
  | { readonly kind: "nested"; readonly name: string; readonly member: ESTree.MemberExpression }
  /** From here on it can't be followed. */
  | { readonly kind: "lost"; readonly node: Node; readonly what: string };

/**
 * Everything that is done to an object by way of a variable, its aliases, and the parameters of functions of the file
 * that get it. A function of another package may change its first argument, and is trusted with the others.
 */
export function findObjectWrites(model: Model, variable: Variable): ObjectWrite[] {
  const finder = new WriteFinder(model);
  finder.visit(variable);
  return finder.writes;
}

/** Assignments after which the member has the value of the right side, or the one that it had. */
const TAKES_OVER = new Set(["=", "||=", "&&=", "??="]);

/** What an assignment writes; `+=` and `++` make the value that they write themselves. */
function writtenValue(user: Node | null): Node | undefined {
  const isTaken = user?.type === "AssignmentExpression" && TAKES_OVER.has(user.operator);
  return isTaken ? user.right : (user ?? undefined);
}

function isHarmlessMember(name: string | undefined): boolean {
  return name === "length" || isAppending(name);
}

class WriteFinder {
  readonly writes: ObjectWrite[] = [];
  readonly #model: Model;
  readonly #visited = new Set<Variable>();

  constructor(model: Model) {
    this.#model = model;
  }

  visit(variable: Variable): void {
    if (this.#visited.has(variable)) {
      return;
    }
    this.#visited.add(variable);
    for (const read of readsOf(variable)) {
      this.#visitRead(read, variable);
    }
  }

  #lose(node: Node, what: string): void {
    this.writes.push({ kind: "lost", node, what });
  }

  #visitRead(read: Node, variable: Variable): void {
    const parent = this.#model.parentOf(read);
    switch (parent?.type) {
      case "MemberExpression":
        if (parent.object === read) {
          this.#visitMember(parent);
        }
        break;
      case "CallExpression":
      case "NewExpression":
        if (parent.callee !== read) {
          this.#visitArgument(parent, read);
        }
        break;
      case "VariableDeclarator":
        this.#visitAlias(parent.id, read);
        break;
      case "AssignmentExpression":
        this.#visitAlias(parent.left, read);
        break;
      case "ReturnStatement":
      case "ArrowFunctionExpression":
        if (this.#isShared(variable)) {
          this.#lose(read, "come from an object that is handed out to several places");
        }
        break;
      case "Property":
        if (!this.#isArgument(this.#model.parentOf(parent))) {
          this.#lose(read, "are kept in another object");
        }
        break;
      case "AssignmentPattern":
        this.#visitAlias(parent.left, read);
        break;
      case "ConditionalExpression":
        if (parent.test !== read) {
          this.#visitRead(parent, variable);
        }
        break;
      case "LogicalExpression":
      case "SequenceExpression":
      case "AwaitExpression":
      case "ChainExpression":
        this.#visitRead(parent, variable);
        break;
      case "ArrayExpression":
        this.#visitList(parent, read);
        break;
      case "PropertyDefinition":
      case "YieldExpression":
      case "ThrowStatement":
        this.#lose(read, "are kept in another object");
        break;
      default:
    }
  }

  /** A list with the object in it may only be gone through; each element is then followed as the object. */
  #visitList(list: Node, read: Node): void {
    const user = this.#model.parentOf(list);
    const call = user === null ? null : this.#model.parentOf(user);
    if (user?.type === "ForOfStatement" && user.right === list) {
      this.#visitAlias(
        user.left.type === "VariableDeclaration" ? (user.left.declarations[0]?.id ?? read) : user.left,
        read,
      );
    } else if (
      user?.type === "MemberExpression" &&
      call?.type === "CallExpression" &&
      call.callee === user &&
      isElementCallback(staticName(user))
    ) {
      const callback = call.arguments[0];
      const called = callback === undefined ? undefined : localFunctionOf(this.#model, callback);
      // The third parameter is the list itself.
      this.#visitParameter(
        called,
        called !== undefined && called.params.length < 3 ? called.params[0] : undefined,
        read,
      );
    } else if (user?.type === "VariableDeclarator" && user.init === list && user.id.type === "Identifier") {
      this.#visitHolder(user.id, read);
    } else if (user?.type !== "MemberExpression" || !isHarmlessMember(staticName(user))) {
      this.#lose(read, "are kept in another object");
    }
  }

  /** A name that holds a list with the object in it. */
  #visitHolder(name: Node, read: Node): void {
    const held = this.#model.variableOf(name);
    if (held !== undefined && !this.#visited.has(held)) {
      this.#visited.add(held);
      for (const other of readsOf(held)) {
        this.#visitList(other, read);
      }
    }
  }

  /** An object of the module is the same each time that it is handed out. */
  #isShared(variable: Variable): boolean {
    const declared = variable.identifiers[0];
    return declared !== undefined && this.#model.functionOf(declared) === null;
  }

  #visitMember(member: ESTree.MemberExpression): void {
    const name = member.computed ? stringOf(this.#model, member.property) : staticName(member);
    const user = this.#model.parentOf(member);
    if (user?.type === "MemberExpression" && user.object === member && name !== undefined) {
      this.writes.push({ kind: "nested", name, member: user });
    }
    if (user?.type === "VariableDeclarator" && user.init === member && user.id.type === "Identifier") {
      this.#visitTaken(this.#model.variableOf(user.id), member);
    }
    const write = writeOf(this.#model, member);
    if (write === undefined) {
      return;
    }
    if (write.how === "pattern" || write.how === "loop") {
      this.#lose(member, "are set by a pattern");
    } else if (name === undefined) {
      this.#lose(member, "have a computed key");
    } else if (write.how === "delete") {
      this.writes.push({ kind: "delete", name });
    } else {
      this.writes.push({ kind: "set", name, value: writtenValue(user) ?? member });
    }
  }

  #visitArgument(call: ESTree.SimpleCallExpression | ESTree.NewExpression, read: Node): void {
    const { callee } = call;
    const isAssign =
      callee.type === "MemberExpression" &&
      this.#model.isGlobal(callee.object, "Object") &&
      staticName(callee) === "assign" &&
      call.arguments[0] === read;
    if (isAssign) {
      this.writes.push(...call.arguments.slice(1).map((source): ObjectWrite => ({ kind: "merge", source })));
    }
    const list = callee.type === "MemberExpression" && isAppending(staticName(callee)) ? callee.object : undefined;
    if (list?.type === "Identifier") {
      this.#visitHolder(list, read);
      return;
    }
    const called = localFunctionOf(this.#model, callee);
    const index = call.arguments.indexOf(read as ESTree.Expression);
    if (called !== undefined) {
      this.#visitParameter(called, called.params[index], read);
    } else if (index === 0 && !isAssign && mayChangeFirst(this.#model, callee)) {
      this.#lose(read, "are given to a function that may add to them");
    }
  }

  #visitParameter(called: FunctionNode | undefined, parameter: Node | undefined, read: Node): void {
    const name = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
    const variable = name === undefined ? undefined : this.#model.variableOf(name);
    if (variable !== undefined) {
      this.visit(variable);
    } else if (name?.type === "ObjectPattern") {
      this.#visitPattern(name);
    } else {
      this.#lose(read, "are given to a function in a way that can't be followed");
    }
  }

  #visitAlias(target: Node, read: Node): void {
    const variable = target.type === "Identifier" ? this.#model.variableOf(target) : undefined;
    if (variable !== undefined) {
      this.visit(variable);
    } else if (target.type === "ObjectPattern") {
      this.#visitPattern(target);
    } else {
      this.#lose(read, "are kept in another object");
    }
  }

  /** `const { headers } = options; headers.Accept = …` changes what the options hold. */
  #visitPattern(pattern: ESTree.ObjectPattern): void {
    for (const variable of namesTaken(this.#model, pattern)) {
      this.#visitTaken(variable, pattern);
    }
  }

  #visitTaken(variable: Variable | undefined, place: Node): void {
    if (variable !== undefined && hasMemberWrite(this.#model, variable)) {
      this.#lose(place, "hold an object that is changed by another name");
    }
  }

  /** A literal around the object that is only shown to another function: `console.log({ options })`. */
  #isArgument(literal: Node | null): boolean {
    const call = literal === null ? null : this.#model.parentOf(literal);
    return call?.type === "CallExpression" && localFunctionOf(this.#model, call.callee) === undefined;
  }
}
