import { isInList } from "../../analysis/code/lists.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { gapStart } from "./gaps.ts";
import { CONTINUING } from "./layout.ts";
import { textStart } from "./white-space.ts";

/** An expression that begins like a statement of another kind needs parentheses to be one. */
export function asStatementText(text: string): string {
  return /^(?:\{|function\b|class\b|let\b|async function\b)/u.test(text) ? `(${text})` : text;
}

/**
 * Expressions as statements in place of another one; in code without semicolons, one that would be read as the
 * continuation of the code in front gets a semicolon there.
 *
 * @param semicolon what each ends with: `;` or nothing
 */
export function asStatementTexts(model: Model, place: Node, texts: readonly string[], semicolon = ";"): string[] {
  return texts.map((text, index) => {
    const statement = `${asStatementText(text)}${semicolon}`;
    const isOpen = index === 0 ? isInList(model, place) && isOpenAt(model, rangeOf(place)[0]) : semicolon === "";
    return isOpen && CONTINUING.test(statement) ? `;${statement}` : statement;
  });
}

/** True when the code in front of a statement has no semicolon, so that the statement may be read as its continuation. */
export function isOpenAt(model: Model, start: number): boolean {
  const { text } = model;
  const before = gapStart(model, start);
  return before > textStart(text) && !/[;{:]/u.test(text.charAt(before - 1)) && !endsBlock(model, before);
}

/** True for the end of a block that needs no semicolon behind it, as an object or a function expression would. */
function endsBlock(model: Model, offset: number): boolean {
  const blocks = [...model.nodes("BlockStatement"), ...model.nodes("SwitchStatement"), ...model.nodes("ClassBody")];
  const block = blocks.find((node) => rangeOf(node)[1] === offset);
  const owner = block === undefined ? null : model.parentOf(block);
  return owner !== null && !/(?:Expression|Property|MethodDefinition)$/u.test(owner.type);
}
