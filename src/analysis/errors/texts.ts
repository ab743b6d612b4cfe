import type * as ESTree from "estree";
import type { ErrorText } from "../../platform/toolbelt-clients.ts";
import { calledMethodOf } from "../code/called.ts";
import { perModel } from "../code/per-model.ts";
import { isFunction, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { constantOf, readsOf } from "../code/bindings.ts";
import { isOfInput } from "../values/input.ts";
import { originsOf } from "../values/origins.ts";
import { isFoundIn, spelledOut } from "./patterns.ts";
import type { Pattern } from "./patterns.ts";

/** A text, or a part of one, that the file compares with something, or looks for in it. */
type Comparison = {
  readonly node: ESTree.Literal | ESTree.TemplateElement;
  /** True when what it is compared with holds what an error says; asked only of texts that may be those of errors. */
  readonly isOfError: () => boolean;
} & (
  | {
      /** `whole` compares, `part` looks for the text. */
      readonly kind: "whole" | "part";
      readonly text: string;
    }
  | { readonly kind: "pattern"; readonly pattern: Pattern }
);

/** A comparison that V2's wording would turn out otherwise. */
export interface AffectedText {
  readonly node: Node;
  readonly legacy: string;
  /** What stands there now and what must stand there; undefined when it can't be known. */
  readonly word: readonly [legacy: string, modern: string] | undefined;
}

const SEARCHES = new Set(["includes", "startsWith", "endsWith", "indexOf", "lastIndexOf", "match", "search", "split"]);
const EQUALITY = new Set(["==", "===", "!=", "!=="]);
const PARTS_OF_ERRORS = new Set(["message", "code", "stack"]);

/** True for an expression that holds what an error says: `err.message`, `String(err)`, a constant of one. */
function speaksOfError(model: Model, node: Node, seen = new Set<Node>()): boolean {
  let speaks = false;
  seen.add(node);
  walk(node, (part) => {
    if (part.type === "MemberExpression" && PARTS_OF_ERRORS.has(staticName(part) ?? "")) {
      speaks ||= !isOfInput(model, part);
    } else if (part.type === "Identifier" && model.variableOf(part) !== undefined) {
      speaks ||= originsOf(model, part).some(
        (origin) =>
          (origin.kind === "unknown" && origin.why === "caught") ||
          (origin.kind === "made" &&
            !isFunction(origin.node) &&
            !seen.has(origin.node) &&
            speaksOfError(model, origin.node, seen)),
      );
    }
    return !speaks;
  });
  return speaks;
}

/** How an expression that gives a text is compared, and with what. */
function comparedWith(model: Model, node: Node): { kind: "whole" | "part"; subjects: readonly Node[] }[] {
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
  const { method = "", call } = calledMethodOf(model, node) ?? {};
  if (call !== undefined) {
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
    const variable = constantOf(model, parent.id);
    return variable === undefined ? [] : readsOf(variable).flatMap((read) => comparedWith(model, read));
  }
  return [];
}

const comparisonsOf = perModel((model): readonly Comparison[] =>
  [...model.nodes("Literal"), ...model.nodes("TemplateElement")].flatMap((node): Comparison[] => {
    const pattern = patternOf(model, node);
    const text = textOf(node);
    return text === "" && pattern === undefined
      ? []
      : comparedWith(model, pattern?.holder ?? node).map(({ kind, subjects }) => ({
          node,
          isOfError: () => subjects.some((subject) => speaksOfError(model, subject)),
          ...(pattern === undefined ? { kind, text } : { kind: "pattern" as const, pattern }),
        }));
  }),
);

/** The pattern of a regular expression, and what gives that: a literal, or `new RegExp("…")`. */
function patternOf(
  model: Model,
  node: ESTree.Literal | ESTree.TemplateElement,
): (Pattern & { readonly holder: Node }) | undefined {
  if (node.type === "Literal" && "regex" in node) {
    return { source: node.regex.pattern, flags: node.regex.flags, holder: node };
  }
  const parent = model.parentOf(node);
  const given = parent?.type === "TemplateLiteral" && parent.quasis.length === 1 ? parent : node;
  const call = model.parentOf(given);
  if ((call?.type !== "NewExpression" && call?.type !== "CallExpression") || !model.isGlobal(call.callee, "RegExp")) {
    return undefined;
  }
  const [source, flags] = call.arguments;
  return source === given
    ? { source: textOf(node), flags: flags?.type === "Literal" ? textOf(flags) : "", holder: call }
    : undefined;
}

/** The text of a literal; empty where it is not one. */
function textOf(node: ESTree.Literal | ESTree.TemplateElement): string {
  if (node.type === "TemplateElement") {
    return node.value.cooked ?? node.value.raw;
  }
  return typeof node.value === "string" ? node.value : "";
}

function isTouched(comparison: Comparison, { legacy, rest = "", word }: ErrorText): boolean {
  const { isOfError } = comparison;
  if (comparison.kind === "pattern") {
    const whole = legacy + rest;
    const modern = word === undefined ? undefined : whole.replace(...word);
    const isLikely = isOfError() || spelledOut(comparison.pattern).some((text) => isPhraseOf(text, whole));
    return (
      isLikely &&
      isFoundIn(comparison.pattern, whole) !== false &&
      (modern === undefined || isFoundIn(comparison.pattern, modern) !== true)
    );
  }
  const { kind, text } = comparison;
  if (word !== undefined && !text.includes(word[0])) {
    return false;
  }
  // One word can be looked for in anything; a phrase of an error is looked for in errors.
  return (
    text.includes(legacy) || (kind === "part" && legacy.includes(text) && (text.trim().includes(" ") || isOfError()))
  );
}

/** True for several words of a text. */
function isPhraseOf(text: string, whole: string): boolean {
  return text.trim().includes(" ") && whole.toLowerCase().includes(text.toLowerCase());
}

/** The comparisons with texts of a client's errors that V2 words differently. */
export function affectedTexts(model: Model, texts: readonly ErrorText[]): AffectedText[] {
  const affected = new Map<Node, AffectedText>();
  for (const comparison of comparisonsOf(model)) {
    const touched = texts.filter((text) => isTouched(comparison, text));
    const [first] = touched;
    if (first !== undefined) {
      const { node } = comparison;
      const isText = comparison.kind !== "pattern";
      const legacy = isText ? comparison.text : model.textOf(node);
      affected.set(node, { node, legacy, word: touched.length === 1 && isText ? first.word : undefined });
    }
  }
  return [...affected.values()];
}
