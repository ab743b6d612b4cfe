import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { unitOf } from "./layout.ts";

/** A function declaration at the top of a file, with its text as `appendFunctions` takes it. */
export interface WrittenFunction {
  readonly node: ESTree.FunctionDeclaration;
  readonly name: string;
  /** Made when it is asked for: most functions are told apart by their names. */
  readonly text: () => string;
}

/** The functions at the top of the file; those that an earlier step appended are known by their texts. */
export function writtenFunctions(model: Model): WrittenFunction[] {
  const unit = unitOf(model);
  return model.program.body.flatMap((node) =>
    node.type === "FunctionDeclaration"
      ? [{ node, name: node.id.name, text: () => plainText(model.textOf(node), unit) }]
      : [],
  );
}

/** The text with `\n`, and with two spaces for each level of indentation. */
function plainText(text: string, unit: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => {
      let level = 0;
      while (line.startsWith(unit, level * unit.length)) {
        level += 1;
      }
      return "  ".repeat(level) + line.slice(level * unit.length);
    })
    .join("\n");
}
