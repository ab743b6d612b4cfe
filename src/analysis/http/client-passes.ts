import type * as ESTree from "estree";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { FollowedClients } from "../toolbelt/client-trail.ts";
import { allCallsOf } from "../code/calls.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { CallSite } from "../code/functions.ts";
import type { Model } from "../code/model.ts";

/** A client that a function of the file gets as an argument. */
export interface PassedClient {
  readonly call: ESTree.SimpleCallExpression;
  readonly owner: FunctionNode;
  readonly index: number;
}

/** Where clients get other names; all of it goes when their calls are rewritten. */
export interface ClientPasses {
  readonly passed: readonly PassedClient[];
  /** `const other = client`. */
  readonly aliases: readonly ESTree.VariableDeclarator[];
  /** Places that can't be taken away, with the end of the sentence “The HTTP client …”. */
  readonly problems: readonly { readonly node: Node; readonly what: string }[];
}

/** True for a call by name, whose arguments stand at the places of the parameters. */
function isPlainCall(call: CallSite["call"]): boolean {
  return call.type === "CallExpression" && call.callee.type !== "MemberExpression" && !call.optional;
}

/** Finds what hands clients on: arguments of functions of the file, and constants that only give another name. */
export function findClientPasses(model: Model, { handedOn }: FollowedClients): ClientPasses {
  const passed: PassedClient[] = [];
  const aliases: ESTree.VariableDeclarator[] = [];
  const problems: { node: Node; what: string }[] = [];
  for (const node of handedOn) {
    const parent = model.parentOf(node);
    if (parent?.type === "VariableDeclarator") {
      aliases.push(parent);
      continue;
    }
    const owner = parent?.type === "CallExpression" ? localFunctionOf(model, parent.callee) : undefined;
    if (parent?.type !== "CallExpression" || owner === undefined) {
      problems.push({ node, what: "is stored or handed on" });
      continue;
    }
    const index = parent.arguments.findIndex((argument) => argument === node);
    const isAlone = !passed.some((other) => other.owner === owner && other.index !== index);
    if (allCallsOf(model, owner)?.every(({ call }) => isPlainCall(call)) !== true) {
      problems.push({ node, what: "is passed to a function that the tool can't follow" });
    } else if (isAlone) {
      passed.push({ call: parent, owner, index });
    } else {
      problems.push({ node, what: "is passed to a function in a way that can't be removed" });
    }
  }
  return { passed, aliases, problems };
}
