import type { ts } from "ts-morph";
import type { Range } from "../analysis/code/tree.ts";
import type { TypedSource } from "./compiler.ts";
import type { BlankRole, Neighbours, Finding } from "./found.ts";

/** What the parts of the collection share. */
export interface Collection extends TypedSource {
  readonly text: string;
  readonly found: Finding;
  /** True for a text that stays an ES module. */
  readonly isModule: boolean;
  /** The files of the project that it loads, where they are known. */
  readonly neighbours: Neighbours | undefined;
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

/** Notes what can't be read as JavaScript with the same meaning. */
export function refuse({ found, file }: Collection, node: ts.Node, what: string, advice: string): void {
  found.obstacles.push({ what, advice, offset: node.getStart(file) });
}
