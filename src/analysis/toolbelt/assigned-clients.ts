import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { legacyFactories, legacyToolbelt } from "../../platform/toolbelt.ts";
import { readsOf } from "../code/bindings.ts";
import { localFunctionOf } from "../code/functions.ts";
import { isFunction, isInside, isNullish, rangeOf, rootOf, walk } from "../code/tree.ts";
import { isInert } from "../code/effects.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { toolbeltUseOf } from "./creations.ts";
import type { ClientCreation } from "./creations.ts";

/** A client that is put into its variable by a statement of its own: `let client; … client = Toolbelt.HTTPClient();`. */
export interface AssignedClient {
  readonly declarator: ESTree.VariableDeclarator;
  readonly variable: Variable;
  readonly creation: ClientCreation;
  readonly assignment: ESTree.AssignmentExpression;
  /** `if (!client) { client = … }` as a whole, or the assignment alone. */
  readonly statement: Node;
  /** `here`: the assignment can declare the variable · `declaration`: the client can be created where it is declared. */
  readonly place: "here" | "declaration";
}

/** The declarator of a variable that has no value at first. */
function emptyDeclarator(variable: Variable): ESTree.VariableDeclarator | undefined {
  const [definition, ...others] = variable.defs;
  const node = definition?.type === "Variable" && others.length === 0 ? definition.node : undefined;
  return node?.id.type === "Identifier" && !node.init ? node : undefined;
}

/**
 * What is asked whether it is missing: `client` in `if (!client)`, `if (client === undefined)` and their like.
 *
 * @param missing what there is where it is missing; undefined stands for `undefined`
 */
export function testedIn(test: Node, missing?: Node | null): Node | undefined {
  if (test.type === "UnaryExpression" && test.operator === "!") {
    return test.argument;
  }
  const isNull = (node: Node | null | undefined): boolean => node?.type === "Literal";
  return test.type === "BinaryExpression" &&
    isNullish(test.right) &&
    (test.operator === "==" || (test.operator === "===" && isNull(test.right) === isNull(missing)))
    ? test.left
    : undefined;
}

/** The statement that gives the variable its client, with the test around it. */
export function statementOf(model: Model, assignment: Node, variable: Variable): Node | undefined {
  const own = model.parentOf(assignment);
  const definition: unknown = variable.defs[0]?.node;
  const missing = (definition as ESTree.VariableDeclarator | undefined)?.init;
  if (own?.type !== "ExpressionStatement") {
    return undefined;
  }
  const block = model.parentOf(own);
  const isAlone =
    block?.type === "BlockStatement" && block.body.every((other) => other === own || isForgettable(model, other));
  const above = isAlone ? model.parentOf(block) : block;
  const isGuard =
    above?.type === "IfStatement" &&
    (above.consequent === block || above.consequent === own) &&
    !above.alternate &&
    isReadBy(model, variable, testedIn(above.test, missing));
  return isGuard ? above : own;
}

/** A statement that may go with its block: nothing outside of it knows of it. */
export function isForgettable(model: Model, node: Node): boolean {
  const isHoisted = node.type === "VariableDeclaration" ? node.kind === "var" : node.type === "FunctionDeclaration";
  return !isHoisted && isInert(model, node);
}

function isReadBy(model: Model, variable: Variable, node: Node | undefined): boolean {
  return node?.type === "Identifier" && model.variableOf(node) === variable;
}

/** True when nothing before the statement in its block may read the variable: no call of a function of this file. */
function isFirst(model: Model, statement: Node, block: ESTree.BlockStatement): boolean {
  const before = block.body.slice(
    0,
    block.body.findIndex((other) => other === statement),
  );
  return before.every((other) => {
    let calls = 0;
    walk(other, (node) => {
      calls += node.type === "CallExpression" && localFunctionOf(model, node.callee) !== undefined ? 1 : 0;
      return true;
    });
    return calls === 0;
  });
}

function assignedBy(model: Model, creation: ClientCreation): AssignedClient | undefined {
  const parent = model.parentOf(creation.call);
  const isWhole = parent?.type === "AssignmentExpression" && parent.right === creation.call;
  // `client = client || Toolbelt.HTTPClient()`
  const kept = parent?.type === "LogicalExpression" && parent.operator !== "&&" && parent.right === creation.call;
  const assignment = isWhole ? parent : kept ? model.parentOf(parent) : undefined;
  const target = assignment?.type === "AssignmentExpression" ? assignment.left : undefined;
  const variable = target?.type === "Identifier" ? model.variableOf(target) : undefined;
  const declarator = variable === undefined ? undefined : emptyDeclarator(variable);
  if (assignment?.type !== "AssignmentExpression" || variable === undefined || declarator === undefined) {
    return undefined;
  }
  const isLazy = kept ? isReadBy(model, variable, parent.left) : assignment.operator !== "=";
  const statement = statementOf(model, assignment, variable);
  const writes = variable.references.filter((reference) => reference.isWrite());
  if (statement === undefined || writes.length !== 1 || (kept && !isLazy) || /^[^=?|]/u.test(assignment.operator)) {
    return undefined;
  }
  const block = model.parentOf(statement);
  const reads = readsOf(variable).filter((read) => !isInside(read, statement));
  const isPlain = statement.type === "ExpressionStatement" && !isLazy;
  const place = { declarator, variable, creation, assignment, statement };
  if (isPlain && block !== null && reads.every((read) => isBehind(read, statement, block))) {
    return { ...place, place: "here" };
  }
  const isCreatedEarlier =
    creation.call.arguments.length === 0 &&
    isUnconditional(model, statement) &&
    isDeclaredBelowToolbelt(model, creation, declarator) &&
    (!isPlain || (block?.type === "BlockStatement" && isFirst(model, statement, block)));
  const areCalls = reads.every((read) => {
    const user = model.parentOf(read);
    return model.functionOf(read) !== null && (user?.type === "CallExpression" || user?.type === "MemberExpression");
  });
  return isCreatedEarlier && areCalls ? { ...place, place: "declaration" } : undefined;
}

/** True for a statement that its function always runs, as far as it gets: else it may be that there is no client. */
function isUnconditional(model: Model, statement: Node): boolean {
  const block = model.parentOf(statement);
  const above = block?.type === "BlockStatement" ? model.parentOf(block) : null;
  if (block === null || above === null) {
    return false;
  }
  return isFunction(above) || (above.type === "TryStatement" && above.block === block && isUnconditional(model, above));
}

function isBehind(read: Node, statement: Node, block: Node): boolean {
  return isInside(read, block) && rangeOf(read)[0] >= rangeOf(statement)[1];
}

/** True when the toolbelt has its value where the variable is declared. */
export function isDeclaredBelowToolbelt(model: Model, { call }: ClientCreation, declarator: Node): boolean {
  const root = rootOf(call.callee);
  const definition = root.type === "Identifier" ? model.variableOf(root)?.defs[0] : undefined;
  const declaration = model.parentOf(declarator);
  return (
    definition !== undefined &&
    declaration !== null &&
    model.parentOf(declaration)?.type === "Program" &&
    model.functionOf(definition.name) === null &&
    rangeOf(definition.name)[1] <= rangeOf(declarator)[0]
  );
}

/** The clients of the V1 toolbelt whose calls have to be followed. */
export function followedCreations(model: Model): readonly ClientCreation[] {
  return toolbeltUseOf(model).clients.filter(({ source, factory }) => {
    const migration = legacyFactories.get(factory)?.migration;
    return source === legacyToolbelt && migration !== undefined && migration !== "same";
  });
}

/** Finds those of them that are assigned behind their declaration. */
export function findAssignedClients(model: Model): AssignedClient[] {
  return followedCreations(model).flatMap((creation) => assignedBy(model, creation) ?? []);
}
