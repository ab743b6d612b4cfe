import type * as ESTree from "estree";
import type { Model } from "../analysis/code/model.ts";
import { lastAtMost } from "../analysis/code/rising.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Node, Range } from "../analysis/code/tree.ts";
import { rareBlanksEnd } from "../edits/text/white-space.ts";
import type { Erased } from "./erase.ts";
import type { FoundMark } from "./marks.ts";
import type { Annotation, Migrated } from "./migrated.ts";
import { isResponse } from "./responses.ts";

/**
 * Types of variables that were said by a cast of their value, `const order = (await …) as Order`, or by the type that its
 * call was given: where neither has a place any more, the variable gets the type.
 *
 * @param placed the numbers of the marks that stand in the result
 */
export function annotateCastValues(
  erased: Erased,
  { original, model }: Migrated,
  placed: ReadonlySet<number>,
): Annotation[] {
  const casts = new Casts(erased, placed);
  const types = new Map<string, Set<string>>();
  for (const { id, init } of original.nodes("VariableDeclarator")) {
    const known = types.get(textOf(original, id)) ?? new Set();
    types.set(textOf(original, id), known.add((init && casts.typeOf(init)) ?? ""));
  }
  return model.nodes("VariableDeclarator").flatMap(({ id, init }): Annotation[] => {
    const end = rangeOf(id)[1];
    // A name that stands for values of several types says nothing about any of them.
    const [type, ...others] = types.get(textOf(model, id)) ?? [];
    const isTyped = rareBlanksEnd(model.text, end) > end;
    const isPlain = type === undefined || type === "" || others.length > 0;
    return isPlain || isTyped || isResponse(model, init) ? [] : [{ offset: end, text: `: ${type}` }];
  });
}

function textOf({ text }: Model, node: Node): string {
  return text.slice(...rangeOf(node));
}

/** What is said of values by casts, and by the types that calls are given. */
class Casts {
  readonly #erased: Erased;
  readonly #placed: ReadonlySet<number>;
  readonly #marks: readonly FoundMark[];
  readonly #starts: readonly number[];

  constructor(erased: Erased, placed: ReadonlySet<number>) {
    this.#erased = erased;
    this.#placed = placed;
    this.#marks = erased.marks.read(erased.text);
    this.#starts = this.#marks.map(({ start }) => start);
  }

  /** The type that a value is said to have, where none of what says it has a place in the result. */
  typeOf(init: ESTree.Expression): string | undefined {
    const value = init.type === "AwaitExpression" ? init.argument : init;
    const callee = value.type === "CallExpression" ? rangeOf(value.callee)[1] : undefined;
    const found = this.#marksAround(init).flatMap(({ start, number }) => {
      const piece = this.#erased.pieces[number];
      const isOutside = start < rangeOf(init)[0] || start >= rangeOf(init)[1];
      const isGiven = piece?.role === "type-arguments" && start === callee;
      const isCast = (piece?.role === "cast" || piece?.role === "angle-cast") && isOutside;
      return piece !== undefined && (isGiven || isCast) ? [{ piece, number }] : [];
    });
    if (found.some(({ number }) => this.#placed.has(number))) return undefined;
    // The outermost cast says it; one in front of the value is told last.
    const outermost = found.find(({ piece }) => piece.role === "angle-cast") ?? found.at(-1);
    return outermost === undefined ? undefined : typeIn(outermost.piece.text);
  }

  #marksAround(init: ESTree.Expression): readonly FoundMark[] {
    const [start, end] = around(this.#erased.text, rangeOf(init));
    const [first, last] = [start, end].map((offset) => lastAtMost(this.#starts, offset - 1) + 1);
    return this.#marks.slice(first, last);
  }
}

/** A range with the brackets and the white space around it. */
function around(text: string, [start, end]: Range): Range {
  let [from, to] = [start, end];
  while (/[\s(]/u.test(text.charAt(from - 1))) from -= 1;
  while (/[\s)]/u.test(text.charAt(to))) to += 1;
  return [from, to];
}

/** `as T`, `<T>`: the type alone; `as const` and `satisfies T` say nothing of a variable. */
function typeIn(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^as\s/u.test(trimmed)) {
    const type = trimmed.slice("as".length).trim();
    return type === "const" ? undefined : type;
  }
  return text.startsWith("<") && isOneType(text.slice(1, -1)) ? text.slice(1, -1).trim() : undefined;
}

/** False for a list of several types. */
function isOneType(text: string): boolean {
  let depth = 0;
  for (const sign of text.replaceAll("=>", "").replaceAll(/(["'`]).*?\1/gu, "")) {
    if ("<([{".includes(sign)) depth += 1;
    else if (">)]}".includes(sign)) depth -= 1;
    else if (sign === "," && depth === 0) return false;
  }
  return true;
}
