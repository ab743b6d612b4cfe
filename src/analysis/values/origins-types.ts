import type { Model } from "../code/model.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Path } from "./trace-events.ts";

/**
 * Why it can't be known where a value comes from. `parameter`: not all calls of its function are seen · `spread`: it is
 * among elements of a list that become arguments · `caught`: a `catch` gets it, or a function that handles what a promise fails with · `import`: another file gives it ·
 * `key`: a `for … in` over the node gives it · `changed`: what holds it goes where it can't be followed · `element`: it is in a list
 * that can't be followed, the node · `part`: it is taken out of something else that can't be · `deep`: it sits too deep in other things · `unknown`: any other way.
 */
export type UnknownOrigin = "parameter" | "spread" | "caught" | "import" | "key" | "changed" | "deep" | "unknown";

/** Where a value comes from. */
export type Origin = {
  /** True for what is no nothing, whatever else it is: `a` in `a ?? b`. */
  readonly isPresent?: boolean;
} & Source;

type Source =
  /** The expression that makes it: a literal, an operator, a call of code outside of the file. */
  | { readonly kind: "made"; readonly node: Node }
  /** It is at a path in what another expression makes, or in what a parameter gets that others give. */
  | { readonly kind: "part"; readonly node: Node; readonly of: Node; readonly path: Path }
  /** Nothing gives one here: a variable without initialiser, an argument that is left out, the end of a function. */
  | { readonly kind: "nothing"; readonly node: Node }
  /** `a && b` gives what is falsy of `a`. */
  | { readonly kind: "falsy"; readonly node: Node }
  | { readonly kind: "unknown"; readonly node: Node; readonly why: UnknownOrigin };

/** What a value is looked for in. */
export interface OriginPosition {
  readonly node: Node;
  /** Where it is in what the node gives: the steps are those of a trace, and what is not a promise is its own value. */
  readonly path: Path;
  /** The expression that the value is asked of: where it can't be followed, this is what makes it. */
  readonly shown: Node;
  /** The values that are no result: `a ?? b` gives no nothing of `a`, and `a || b` nothing falsy. */
  readonly dropped: "none" | "nothing" | "falsy";
}

/** The search for the origins of a value, as its parts see it. */
export interface OriginSearch {
  readonly model: Model;
  /** Goes on at another node. */
  go(node: Node, path: Path, from: OriginPosition): void;
  add(origin: Origin, at: OriginPosition): void;
  /** The node makes the value, also where somebody waits for it; a part of it can't be known. */
  made(at: OriginPosition): void;
  /** The value is in what the node makes, and more can't be known. */
  part(at: OriginPosition): void;
  /** Goes on with all that a function returns. */
  results(node: FunctionNode, path: Path, at: OriginPosition): void;
}
