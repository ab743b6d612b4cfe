import type { ReasonId } from "../../platform/remarks.ts";
import type { Node } from "./tree.ts";

/** Something that keeps a file from being converted: a reason, its place and what the sentence needs. */
export interface Problem {
  readonly id: ReasonId;
  readonly node: Node;
  readonly data?: Readonly<Record<string, string>>;
}
