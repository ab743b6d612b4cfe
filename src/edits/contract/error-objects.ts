import type * as ESTree from "estree";
import { isPure } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { NeededGlobal } from "../../analysis/contract/settle-globals.ts";
import { ERROR, NOTHING, OBJECT, present, PRIMITIVE, TEXT } from "../../analysis/errors/reason-set.ts";
import type { Reasons } from "../../analysis/errors/reason-set.ts";
import { reasonsOf } from "../../analysis/errors/reasons.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf, reindentCode } from "../text/layout.ts";
import { LiteralEditor } from "../text/literal.ts";
import { Helpers } from "../templates/helpers.ts";
import { globalsOf } from "../templates/templates.ts";

/** Writes reasons as V2 takes them: as Errors, whatever V1 was given. */
export class ErrorObjects {
  readonly #model: Model;
  readonly #globals: NeededGlobal[] = [];
  readonly #helpers: Helpers;
  #isHelped = false;

  constructor(model: Model) {
    this.#model = model;
    this.#helpers = new Helpers(model);
  }

  /** The globals that the written code names. */
  get globals(): readonly NeededGlobal[] {
    return this.#globals;
  }

  /**
   * The Error for a reason that is there.
   *
   * @param error the expression that gives it, where what is written may depend on its form
   * @param text how the expression reads where it is written
   */
  of(reasons: Reasons, error: Node, text: string): string {
    const kind = present(reasons);
    if (kind === ERROR || kind === NOTHING) {
      return text;
    }
    if (error.type === "Literal" && kind === PRIMITIVE) {
      return this.#direct(error, `new Error(${JSON.stringify(String(error.value))})`, "Error");
    }
    const plain =
      kind === OBJECT && error.type === "ObjectExpression" ? errorFromObject(this.#model, error) : undefined;
    if (plain !== undefined) {
      return this.#direct(error, plain, "Error", "Object");
    }
    const [opening, closing] = this.around(reasons, error) ?? [];
    return opening === undefined || closing === undefined ? this.any(text) : opening + text + closing;
  }

  /** What stands around the expression for a reason that is there; undefined where it takes the helper. */
  around(reasons: Reasons, error: Node): readonly [opening: string, closing: string] | undefined {
    switch (present(reasons)) {
      case TEXT:
        return this.#direct(error, ["new Error(", ")"], "Error");
      case PRIMITIVE:
        return this.#direct(error, ["new Error(String(", "))"], "Error", "String");
      case OBJECT:
        if (error.type === "ArrayExpression") {
          return this.#direct(error, ["new Error(JSON.stringify(", "))"], "Error", "JSON");
        }
        return error.type === "ObjectExpression" && messageOf(this.#model, error) !== undefined
          ? this.#direct(error, ["Object.assign(new Error(), ", ")"], "Error", "Object")
          : undefined;
      default:
        return undefined;
    }
  }

  /** The Error for any reason at all. */
  any(text: string): string {
    if (!this.#isHelped) {
      this.#isHelped = true;
      this.#globals.push(...globalsOf("asError").map((name) => ({ name, place: this.#model.program })));
    }
    return `${this.#helpers.use("asError")}(${text})`;
  }

  /** Writes the helper to the end of the file, where it is called. */
  appendTo(edits: EditList): void {
    this.#helpers.appendTo(edits);
  }

  #direct<T>(place: Node, written: T, ...globals: readonly string[]): T {
    this.#globals.push(...globals.map((name) => ({ name, place })));
    return written;
  }
}

/** The property of an object that surely is its message, a text. */
function messageOf(model: Model, { properties }: ESTree.ObjectExpression): ESTree.Property | undefined {
  const message = properties.findLast(
    (property): property is ESTree.Property => property.type === "Property" && staticName(property) === "message",
  );
  const isPlain = properties.every((property) => property.type === "Property" && !property.computed);
  return isPlain && message?.kind === "init" && reasonsOf(model, message.value) === TEXT ? message : undefined;
}

/** `{ message: m, code }` as `Object.assign(new Error(m), { code })`; undefined for one that must stay whole. */
function errorFromObject(model: Model, error: ESTree.ObjectExpression): string | undefined {
  const message = messageOf(model, error);
  const others = error.properties.filter((property) => property !== message);
  const isOrdered =
    message === error.properties[0] ||
    others.every((property) => isPure(model, property.type === "Property" ? property.value : property));
  if (message === undefined || !isOrdered) {
    return undefined;
  }
  const [start, end] = rangeOf(error);
  const from = indentAt(model.text, start);
  const to = indentAt(model.text, rangeOf(model.statementOf(error))[0]);
  const text = model.textOf(message.value);
  if (others.length === 0) {
    const [valueStart, valueEnd] = rangeOf(message.value);
    const comments = [...commentTexts(model, [start, valueStart]), ...commentTexts(model, [valueEnd, end])];
    return reindentCode(`new Error(${inFrontOf(comments, lineEndingOf(model.text) + from)}${text})`, from, to);
  }
  const edits = new EditList();
  const editor = new LiteralEditor(model, edits, error);
  editor.remove(message, [message.value]);
  editor.finish();
  return reindentCode(`Object.assign(new Error(${text}), ${edits.textOf(model.text, [start, end])})`, from, to);
}
