import type * as ESTree from "estree";
import type { ErrorText } from "../../platform/toolbelt-clients.ts";
import { isFunction, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** A text, or a part of one, that the file compares with something, or looks for in it. */
interface Comparison {
  readonly node: ESTree.Literal | ESTree.TemplateElement;
  readonly text: string | RegExp;
  /** `whole` compares, `part` looks for the text, `pattern` is a regular expression. */
  readonly kind: "whole" | "part" | "pattern";
  /** True when what it is compared with holds what an error says. */
  readonly isOfError: boolean;
}

/** A comparison that V2's wording would turn out otherwise. */
export interface AffectedText {
  readonly node: Node;
  readonly legacy: string;
  /** What stands there now and what must stand there; undefined when it can't be told. */
  readonly word: readonly [legacy: string, modern: string] | undefined;
}

const SEARCHES = new Set(["includes", "startsWith", "endsWith", "indexOf", "lastIndexOf", "match", "search", "split"]);
const EQUALITY = new Set(["==", "===", "!=", "!=="]);
const PARTS_OF_ERRORS = new Set(["message", "code", "stack"]);

/** True for the parameter of a function that takes an error: `.catch((e) => …)`, `.then(…, (e) => …)`. */
function takesError(model: Model, parameter: Node): boolean {
  const handler = model.parentOf(parameter);
  const call = handler !== null && isFunction(handler) ? model.parentOf(handler) : null;
  const method =
    call?.type === "CallExpression" && call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
  return (
    call?.type === "CallExpression" &&
    ((method === "catch" && call.arguments[0] === handler) || (method === "then" && call.arguments[1] === handler))
  );
}

/** True for an expression that holds what an error says: `err.message`, `String(err)`, a constant of one. */
function speaksOfError(model: Model, node: Node): boolean {
  let speaks = false;
  walk(node, (part) => {
    if (part.type === "MemberExpression") {
      speaks ||= PARTS_OF_ERRORS.has(staticName(part) ?? "");
    } else if (part.type === "Identifier") {
      const [definition] = model.variableOf(part)?.defs ?? [];
      speaks ||= definition?.type === "CatchClause";
      speaks ||= definition?.type === "Parameter" && takesError(model, definition.name);
      if (definition?.type === "Variable" && definition.node.init && definition.node.init.range !== node.range) {
        speaks ||=
          !isFunction(definition.node.init) && !contains(definition.node.init, node)
            ? speaksOfError(model, definition.node.init)
            : false;
      }
    }
    return !speaks;
  });
  return speaks;
}

function contains(outer: Node, inner: Node): boolean {
  return (outer.range?.[0] ?? 0) <= (inner.range?.[0] ?? 0) && (outer.range?.[1] ?? 0) >= (inner.range?.[1] ?? 0);
}

/** How an expression that gives a text is compared, and with what. */
function comparedWith(model: Model, node: Node): { kind: Comparison["kind"]; subjects: readonly Node[] }[] {
  const parent = model.parentOf(node);
  if (parent?.type === "BinaryExpression" && EQUALITY.has(parent.operator)) {
    return [{ kind: "whole", subjects: [parent.left === node ? parent.right : parent.left] }];
  }
  if (parent?.type === "SwitchCase") {
    const owner = model.parentOf(parent);
    return owner?.type === "SwitchStatement" ? [{ kind: "whole", subjects: [owner.discriminant] }] : [];
  }
  if (parent?.type === "CallExpression" && parent.callee.type === "MemberExpression") {
    const isSearch = SEARCHES.has(staticName(parent.callee) ?? "");
    return isSearch ? [{ kind: "part", subjects: [parent.callee.object] }] : [];
  }
  const call = parent?.type === "MemberExpression" && parent.object === node ? model.parentOf(parent) : null;
  if (parent?.type === "MemberExpression" && call?.type === "CallExpression" && call.callee === parent) {
    const method = staticName(parent) ?? "";
    const isTest = method === "test" || method === "exec" || SEARCHES.has(method);
    return isTest ? [{ kind: "part", subjects: call.arguments }] : [];
  }
  // In parts, in a list, or under a name: what becomes of the whole counts.
  if (
    (parent?.type === "BinaryExpression" && parent.operator === "+") ||
    parent?.type === "TemplateLiteral" ||
    parent?.type === "ArrayExpression"
  ) {
    return comparedWith(model, parent);
  }
  if (parent?.type === "VariableDeclarator" && parent.init === node && parent.id.type === "Identifier") {
    const variable = model.variableOf(parent.id);
    const reads = variable !== undefined && isConstant(variable) ? readsOf(variable) : [];
    return reads.flatMap((read) => comparedWith(model, read));
  }
  return [];
}

function comparisonsOf(model: Model): Comparison[] {
  return [...model.nodes("Literal"), ...model.nodes("TemplateElement")].flatMap((node): Comparison[] => {
    const text = textOf(node);
    return text === undefined || text === ""
      ? []
      : comparedWith(model, node).map(({ kind, subjects }) => ({
          node,
          text,
          kind: typeof text === "string" ? kind : "pattern",
          isOfError: subjects.some((subject) => speaksOfError(model, subject)),
        }));
  });
}

function textOf(node: ESTree.Literal | ESTree.TemplateElement): string | RegExp | undefined {
  if (node.type === "TemplateElement") {
    return node.value.cooked ?? node.value.raw;
  }
  if ("regex" in node) {
    return new RegExp(node.regex.pattern, node.regex.flags.replaceAll(/[gy]/gu, ""));
  }
  return typeof node.value === "string" ? node.value : undefined;
}

function isTouched({ text, kind, isOfError }: Comparison, { legacy, rest = "", word }: ErrorText): boolean {
  if (typeof text !== "string") {
    const whole = legacy + rest;
    return text.test(whole) && (word === undefined || !text.test(whole.replace(...word)));
  }
  if (word !== undefined && !text.includes(word[0])) {
    return false;
  }
  // One word can be looked for in anything; a phrase of an error is looked for in errors.
  const isLikely = isOfError || text.trim().includes(" ");
  return text.includes(legacy) || (kind === "part" && legacy.includes(text) && isLikely);
}

/** The comparisons with texts of a client's errors that V2 words differently. */
export function affectedTexts(model: Model, texts: readonly ErrorText[]): AffectedText[] {
  const affected = new Map<Node, AffectedText>();
  for (const comparison of comparisonsOf(model)) {
    const touched = texts.filter((text) => isTouched(comparison, text));
    const [first] = touched;
    if (first !== undefined) {
      const { node, text } = comparison;
      const word = touched.length === 1 && typeof text === "string" ? first.word : undefined;
      affected.set(node, { node, legacy: String(text), word });
    }
  }
  return [...affected.values()];
}
