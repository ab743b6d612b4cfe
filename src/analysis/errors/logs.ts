import type * as ESTree from "estree";
import { isFunction, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import type { Model } from "../code/model.ts";

/** A log of an error whose text has the error in it. */
export interface ErrorLog {
  readonly call: ESTree.SimpleCallExpression;
  /** The first argument: the text. */
  readonly message: Node;
  /** The name of the error. */
  readonly name: string;
  /** The text in front of the error and what is put behind it, when the message is nothing else. */
  readonly parts: { readonly text: string; readonly value: Node } | undefined;
}

/** A text that is put together, as its parts: constant text, and expressions. */
function partsOf(node: Node): (string | Node)[] {
  if (node.type === "TemplateLiteral") {
    return node.quasis.flatMap(({ value }, index) => {
      const expression = node.expressions[index];
      return expression === undefined ? [value.cooked ?? ""] : [value.cooked ?? "", expression];
    });
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return [...partsOf(node.left), ...partsOf(node.right)];
  }
  return node.type === "Literal" && typeof node.value === "string" ? [node.value] : [node];
}

/** The name of a caught error: of a `catch`, or of a promise's handler for errors. */
function caughtName(model: Model, node: Node): string | undefined {
  const [definition] = node.type === "Identifier" ? (model.variableOf(node)?.defs ?? []) : [];
  if (definition?.type === "CatchClause") {
    return definition.node.param === definition.name ? definition.name.name : undefined;
  }
  const owner = definition?.type === "Parameter" ? (definition.node as Node) : undefined;
  if (definition === undefined || owner === undefined || !isFunction(owner) || owner.params[0] !== definition.name) {
    return undefined;
  }
  const call = model.parentOf(owner);
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression") {
    return undefined;
  }
  const method = staticName(call.callee);
  const isHandler =
    (method === "catch" && call.arguments[0] === owner) || (method === "then" && call.arguments[1] === owner);
  return isHandler ? definition.name.name : undefined;
}

/** The name of the error that an expression is, or whose message it is. */
function errorName(model: Model, node: Node): string | undefined {
  const isMessage = node.type === "MemberExpression" && staticName(node) === "message";
  return caughtName(model, isMessage ? node.object : node);
}

/** Finds the calls of `console.error` that put a caught error into their text. */
export function findErrorLogs(model: Model): ErrorLog[] {
  return findConsoleCalls(model).flatMap(({ call, method }): ErrorLog[] => {
    const [message] = call.arguments;
    if (method !== "error" || message === undefined) {
      return [];
    }
    const parts = partsOf(message);
    const values = parts.filter((part): part is Node => typeof part !== "string");
    const name = values.map((value) => errorName(model, value)).find((found) => found !== undefined);
    const [value] = values;
    const last = parts.findLast((part) => part !== "");
    // Alone, the error is the message.
    if (name === undefined || value === undefined || parts.every((part) => typeof part !== "string" || part === "")) {
      return [];
    }
    const isPlain = values.length === 1 && last === value && call.arguments.length === 1;
    const text = parts.filter((part) => typeof part === "string").join("");
    return [{ call, message, name, parts: isPlain ? { text, value } : undefined }];
  });
}
