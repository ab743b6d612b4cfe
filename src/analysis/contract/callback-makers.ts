import type * as ESTree from "estree";
import { constantOf, isConstant, readsOf } from "../code/bindings.ts";
import { allCallsOf } from "../code/calls.ts";
import { argumentFor, localFunctionOf, parameterOf, returnsOf } from "../code/functions.ts";
import { classOf, memberOf, newsOf } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";

/**
 * True for a parameter that gets the callback in every call of its function: `respond` of `const respond = (cb) => …`,
 * which is called as `respond(callback)`.
 *
 * @param isCallback tells whether an argument is the callback
 */
export function alwaysGets(model: Model, parameter: Node, isCallback: (node: Node) => boolean): boolean {
  const variable = parameter.type === "Identifier" ? model.variableOf(parameter) : undefined;
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== "Parameter" || !isConstant(variable)) {
    return false;
  }
  const owner: FunctionNode = definition.node;
  const index = parameterOf(owner, variable)?.index ?? -1;
  const sites = isConstructor(model, owner) ? callsOfConstructor(model, owner) : allCallsOf(model, owner);
  return (
    sites !== undefined &&
    sites.length > 0 &&
    sites.every((site) => {
      const argument = argumentFor(site, index);
      return argument.kind === "given" && isCallback(argument.node);
    })
  );
}

function isConstructor(model: Model, owner: FunctionNode): boolean {
  const method = model.parentOf(owner);
  return method?.type === "MethodDefinition" && method.kind === "constructor";
}

/** Where instances of the class of a constructor are made; undefined for one that others extend. */
function callsOfConstructor(
  model: Model,
  constructor: FunctionNode,
): readonly { readonly given: readonly Node[] }[] | undefined {
  const body = model.parentOf(model.parentOf(constructor) ?? constructor);
  const owner = body === null ? null : model.parentOf(body);
  const classes = [...model.nodes("ClassDeclaration"), ...model.nodes("ClassExpression")];
  const isExtended = classes.some(({ superClass }) => superClass && classOf(model, superClass) === owner);
  return isExtended ? undefined : newsOf(model, owner).map((made) => ({ given: made.arguments }));
}

/** The function that a callee means, also where another function has made it: `respond(callback)`, `makers.fail`. */
export function calledFunction(model: Model, callee: Node): FunctionNode | undefined {
  const local = localFunctionOf(model, callee);
  if (local !== undefined) {
    return local;
  }
  if (callee.type === "MemberExpression") {
    const member = memberOf(model, callee) ?? memberOfMade(model, callee);
    return member !== undefined && isFunction(member) ? member : undefined;
  }
  const made = madeBy(model, callee);
  return made !== undefined && isFunction(made) ? made : undefined;
}

function memberOfMade(model: Model, member: ESTree.MemberExpression): Node | undefined {
  const made = madeBy(model, member.object);
  const name = staticName(member);
  if (made?.type !== "ObjectExpression" || name === undefined || !made.properties.every(isPlain)) {
    return undefined;
  }
  return made.properties.flatMap((each) =>
    each.type === "Property" && staticName(each) === name ? [each.value] : [],
  )[0];
}

function isPlain(property: ESTree.Property | ESTree.SpreadElement): boolean {
  return property.type === "Property" && !property.computed;
}

/** What a function of the file gives, where it gives one thing: the function in `(callback) => (value) => …`. */
function madeBy(model: Model, node: Node): Node | undefined {
  const definition = node.type === "Identifier" ? constantOf(model, node)?.defs[0] : undefined;
  const call =
    definition?.type === "Variable" && definition.node.id.type === "Identifier" ? definition.node.init : node;
  const maker = call?.type === "CallExpression" ? localFunctionOf(model, call.callee) : undefined;
  if (maker === undefined || maker.async === true || maker.generator === true) {
    return undefined;
  }
  const [given, ...others] = maker.body.type === "BlockStatement" ? returnsOf(model, maker) : [maker.body];
  return others.length === 0 ? given : undefined;
}

/** The value of a field that only the constructor of its class sets: `this.callback = callback`. */
export function fieldValue(model: Model, member: ESTree.MemberExpression): Node | undefined {
  const [name, owner] = [staticName(member), classAround(model, member)];
  if (member.object.type !== "ThisExpression" || name === undefined || owner === undefined) {
    return undefined;
  }
  const same = model.nodes("MemberExpression").filter((each) => staticName(each) === name && !isRead(model, each));
  const [first, ...others] = same.map((each) => ({ each, by: model.parentOf(each) }));
  const isOnlyOne = first !== undefined && others.length === 0 && first.each.object.type === "ThisExpression";
  const setter = isOnlyOne ? model.functionOf(first.each) : null;
  const isOwn = setter !== null && isConstructor(model, setter) && classAround(model, setter.body) === owner;
  return isOwn && first?.by?.type === "AssignmentExpression" && first.by.operator === "=" ? first.by.right : undefined;
}

function isRead(model: Model, member: Node): boolean {
  return writeOf(model, member) === undefined;
}

/** The class whose instance `this` is. */
function classAround(model: Model, node: Node): Node | undefined {
  let owner = model.functionOf(node);
  while (owner?.type === "ArrowFunctionExpression") {
    owner = model.functionOf(owner);
  }
  const method = owner === null ? null : model.parentOf(owner);
  const body = method?.type === "MethodDefinition" && !method.static ? model.parentOf(method) : null;
  return body === null ? undefined : (model.parentOf(body) ?? undefined);
}

/** A call or `new` whose result has one name. */
interface Making {
  readonly made: ESTree.SimpleCallExpression | ESTree.NewExpression;
  readonly reads: readonly Node[];
}

/** The calls and `new` that only make what is called then: `const respond = responder(callback)`. */
export function makingOf(model: Model): Making[] {
  return model.nodes("VariableDeclarator").flatMap(({ id, init }) => {
    const variable = id.type === "Identifier" ? model.variableOf(id) : undefined;
    const isMade = init?.type === "CallExpression" || init?.type === "NewExpression";
    return isMade && variable !== undefined && isConstant(variable) ? [{ made: init, reads: readsOf(variable) }] : [];
  });
}
