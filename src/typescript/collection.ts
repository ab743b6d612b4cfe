import type { ts } from "ts-morph";
import type { Range } from "../analysis/code/tree.ts";
import type { TypedSource } from "./compiler.ts";
import type { BlankRole, DefaultOf, Finding } from "./found.ts";

/** What the parts of the collection share. */
export interface Collection extends TypedSource {
  readonly text: string;
  readonly found: Finding;
  /** True for a text that stays an ES module. */
  readonly isModule: boolean;
  /** What the default import of a file of the project is, where that is known. */
  readonly defaultOf: DefaultOf | undefined;
  /** Looks at a node that is code, and at all that is in it. */
  readonly visit: (node: ts.Node) => void;
}

/** Notes a text that means nothing when the file runs. */
export function blank({ found }: Collection, role: BlankRole, [start, end]: Range): void {
  found.blanks.push({ role, range: [start, end] });
}

export function startOf({ file }: Pick<Collection, "file">, node: ts.Node): number {
  return node.getStart(file);
}
