import type * as ESTree from "estree";
import { constantOf, readsOf } from "../code/bindings.ts";
import { newsOf } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { usesArguments } from "../code/own-arguments.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isHiddenFrom } from "../modules/import-names.ts";
import type { ClientCreation } from "./creations.ts";
import { clientOfValue } from "./held-clients.ts";

/** A client that every `new` of a class gives to its constructor, which only keeps it: `this.http = http`. */
export interface GivenClient {
  readonly creation: ClientCreation["call"];
  readonly constructor: FunctionNode;
  readonly index: number;
  /** The name of the parameter on the right of the assignment. */
  readonly read: Node;
  readonly sites: readonly ESTree.NewExpression[];
}

/** Finds the first client that a class could create itself, in the place of a parameter. */
export function findGivenClient(model: Model): GivenClient | undefined {
  return model.nodes("ClassDeclaration").flatMap((owner) => givenTo(model, owner))[0];
}

function givenTo(model: Model, owner: ESTree.ClassDeclaration): GivenClient[] {
  const method = owner.body.body.find((item) => item.type === "MethodDefinition" && item.kind === "constructor");
  const made = method?.type === "MethodDefinition" ? method.value : undefined;
  const sites = onlyNewsOf(model, owner);
  if (made === undefined || sites.length === 0 || usesArguments(model, made)) {
    return [];
  }
  return made.params.flatMap((parameter, index): GivenClient[] => {
    const read = keptIn(model, made, parameter);
    const clients = sites.map(({ arguments: given }) => clientAt(model, given, index));
    const [first] = clients;
    const isSame = first !== undefined && clients.every((client) => client?.factory === first.factory);
    return read !== undefined && isSame && canCreate(model, made, first)
      ? [{ creation: first.call, constructor: made, index, read, sites }]
      : [];
  });
}

/** All `new` of a class; none where it may be used in another way. A class has a name of its own in its body. */
function onlyNewsOf(model: Model, owner: ESTree.ClassDeclaration): readonly ESTree.NewExpression[] {
  const sites = newsOf(model, owner);
  const names = new Set([owner.id, ...sites.map(({ callee }) => callee)].map((name) => constantOf(model, name)));
  const isOnlyMade = [...names].every((name) =>
    name === undefined ? false : readsOf(name).every((read) => sites.some(({ callee }) => callee === read)),
  );
  return isOnlyMade ? sites : [];
}

/** The one read of a parameter, in `this.name = parameter`. */
function keptIn(model: Model, made: FunctionNode, parameter: Node): Node | undefined {
  const variable = parameter.type === "Identifier" ? constantOf(model, parameter) : undefined;
  const [read, ...others] = variable === undefined ? [] : readsOf(variable);
  const assignment = read === undefined ? null : model.parentOf(read);
  const isKept =
    others.length === 0 &&
    assignment?.type === "AssignmentExpression" &&
    assignment.operator === "=" &&
    assignment.right === read &&
    assignment.left.type === "MemberExpression" &&
    assignment.left.object.type === "ThisExpression";
  const statement = isKept ? model.parentOf(assignment) : null;
  return statement !== null && model.parentOf(statement) === made.body ? read : undefined;
}

function clientAt(model: Model, given: ESTree.NewExpression["arguments"], index: number): ClientCreation | undefined {
  const argument = given[index];
  const isPlain = given.slice(0, index).every(({ type }) => type !== "SpreadElement");
  return argument !== undefined && isPlain ? clientOfValue(model, argument) : undefined;
}

/** The constructor can create the client: from the toolbelt of the module, and without anything of the place of `new`. */
function canCreate(model: Model, made: FunctionNode, { call }: ClientCreation): boolean {
  const toolbelt = call.callee.type === "MemberExpression" ? call.callee.object : undefined;
  const variable = toolbelt?.type === "Identifier" ? constantOf(model, toolbelt) : undefined;
  const [declared] = variable?.identifiers ?? [];
  const isOfModule = declared !== undefined && model.functionOf(declared) === null;
  return call.arguments.length === 0 && isOfModule && !isHiddenFrom(model, made.body, declared.name);
}
