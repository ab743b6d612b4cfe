import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { HttpCall } from "./calls.ts";
import { cookieListAt, mostOf, usesOfTarget, usesOfValue } from "./response-headers.ts";
import type { HeaderPlace, HeaderUse } from "./response-headers.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Problem } from "../code/problem.ts";
import { trace } from "../values/trace.ts";
import type { TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";

/** A member that the native form keeps, and what it is called on a fetch Response. */
export const nativeMembers: ReadonlyMap<string, string> = new Map([
  ["statusCode", "status"],
  ["statusMessage", "statusText"],
  ["body", "body"],
  ["headers", "headers"],
]);

/** A response that the function takes apart where fetch's own Response can stand. */
export interface NativeResponse {
  readonly declaration: ESTree.VariableDeclaration;
  readonly declarator: ESTree.VariableDeclarator;
  /** The constant that holds it; undefined when the declaration takes it apart at once. */
  readonly name: string | undefined;
  /** Reads like `response.statusCode`. */
  readonly members: readonly ESTree.MemberExpression[];
  /** `const { statusCode, body } = response;`, or the pattern of the declaration itself. */
  readonly pattern: ESTree.ObjectPattern | undefined;
  /** The declaration of that pattern when it is one of its own. */
  readonly patternDeclaration: ESTree.VariableDeclaration | undefined;
  readonly readsBody: boolean;
  /** How the headers are used, as an object; undefined when they are not read, or only for the list of cookies. */
  readonly headers: HeaderUse | undefined;
}

/** How the full response of a request is used. */
export interface ResponseUse {
  readonly native: NativeResponse | undefined;
  /** The members that are read. */
  readonly parts: ReadonlySet<string>;
  /** How its headers are used. */
  readonly headers: HeaderUse;
  /** Where the whole response is handed on. */
  readonly escapes: readonly Node[];
  /** Where its headers are used as a whole, so that their order may be seen. */
  readonly allHeaders: readonly Node[];
  readonly problems: readonly Problem[];
}

/** The part of a request that says what becomes of its result. */
type RequestCall = Pick<HttpCall, "call" | "awaited">;

interface Findings {
  readonly parts: Set<string>;
  readonly escapes: Node[];
  readonly headers: HeaderPlace[];
  readonly problems: Problem[];
}

function missingMember(node: Node, member: string): Problem {
  const why = `gives a response whose \`${member}\` is used, which fetch does not have`;
  return { id: "http-option", node, data: { name: "resolveWithFullResponse", why } };
}

function visitMember(model: Model, node: Node, name: string | undefined, found: Findings): void {
  found.parts.add(name ?? "");
  if (name === "headers") {
    const parent = model.parentOf(node);
    const isRead = parent === null || !isTested(parent, node);
    found.headers.push(
      ...(node.type === "Property" ? usesOfTarget(model, node.value) : isRead ? usesOfValue(model, node) : []),
    );
  } else if (name === undefined) {
    found.escapes.push(node);
  } else if (!nativeMembers.has(name)) {
    found.problems.push(missingMember(node, name));
  }
}

function isTested(parent: Node, node: Node): boolean {
  return (
    (parent.type === "LogicalExpression" && parent.left === node && parent.operator === "&&") ||
    (parent.type === "UnaryExpression" && parent.operator === "!") ||
    ((parent.type === "IfStatement" || parent.type === "ConditionalExpression") && parent.test === node)
  );
}

/** Looks at one thing that happens to the response, wherever it has got to. */
function visitEvent(model: Model, event: TraceEvent<true>, found: Findings): void {
  switch (event.type) {
    case "member":
      visitMember(model, event.member, event.name, found);
      return;
    case "write":
      visitMember(model, event.target, event.name, found);
      return;
    case "test":
    case "unused":
      return;
    case "copy":
      found.escapes.push(event.by.type === "RestElement" ? event.by : event.node);
      return;
    case "element":
    case "call":
      found.escapes.push(event.node);
      return;
    default:
      if (!("isFollowed" in event)) {
        found.escapes.push(event.node);
      }
  }
}

function isPlainPattern(pattern: ESTree.ObjectPattern): boolean {
  return pattern.properties.every(
    (property) =>
      property.type === "Property" &&
      !property.computed &&
      property.value.type === "Identifier" &&
      nativeMembers.has(staticName(property) ?? ""),
  );
}

/** What a pattern puts a member into. */
export function targetIn(pattern: ESTree.ObjectPattern | undefined, member: string): Node | undefined {
  const property = pattern?.properties.find((part) => part.type === "Property" && staticName(part) === member);
  return property?.type === "Property" ? property.value : undefined;
}

/** How the headers are used that are read by members and by a pattern; one of the two at most. */
function headersOf(
  model: Model,
  members: readonly ESTree.MemberExpression[],
  pattern: ESTree.ObjectPattern | undefined,
): HeaderUse | undefined {
  const target = targetIn(pattern, "headers");
  const objects = members.filter(
    (member) => staticName(member) === "headers" && cookieListAt(model, member) === undefined,
  );
  const uses = [
    ...objects.flatMap((member) => usesOfValue(model, member)),
    ...(target === undefined ? [] : usesOfTarget(model, target)),
  ];
  return objects.length > 0 || target !== undefined ? mostOf(uses) : undefined;
}

/** The declaration around a declarator when it is a `const` of its own right in a block. */
function ownDeclaration(model: Model, declarator: ESTree.VariableDeclarator): ESTree.VariableDeclaration | undefined {
  const declaration = model.parentOf(declarator);
  if (
    declaration?.type !== "VariableDeclaration" ||
    declaration.kind !== "const" ||
    declaration.declarations.length !== 1
  ) {
    return undefined;
  }
  const block = model.parentOf(declaration)?.type;
  return block === "BlockStatement" || block === "Program" ? declaration : undefined;
}

function isNativeMember(model: Model, read: Node): ESTree.MemberExpression | undefined {
  const member = model.parentOf(read);
  if (member?.type !== "MemberExpression" || member.object !== read || !nativeMembers.has(staticName(member) ?? "")) {
    return undefined;
  }
  const user = model.parentOf(member);
  const isWritten =
    (user?.type === "AssignmentExpression" && user.left === member) ||
    user?.type === "UpdateExpression" ||
    (user?.type === "UnaryExpression" && user.operator === "delete") ||
    // `response.body()` would be called on the response.
    ((user?.type === "CallExpression" || user?.type === "TaggedTemplateExpression") &&
      model.textOf(user).startsWith(model.textOf(member)));
  return isWritten ? undefined : member;
}

function nativeByName(model: Model, native: Pick<NativeResponse, "declaration" | "declarator">, variable: Variable) {
  const members: ESTree.MemberExpression[] = [];
  let pattern: ESTree.ObjectPattern | undefined;
  let patternDeclaration: ESTree.VariableDeclaration | undefined;
  for (const read of readsOf(variable)) {
    const member = isNativeMember(model, read);
    const parent = model.parentOf(read);
    if (member !== undefined) {
      members.push(member);
      continue;
    }
    const declaration =
      parent?.type === "VariableDeclarator" && parent.init === read ? ownDeclaration(model, parent) : undefined;
    if (parent?.type !== "VariableDeclarator" || declaration === undefined || pattern !== undefined) {
      return undefined;
    }
    const isHere = model.parentOf(declaration) === model.parentOf(native.declaration);
    if (parent.id.type !== "ObjectPattern" || !isHere || !isPlainPattern(parent.id)) {
      return undefined;
    }
    pattern = parent.id;
    patternDeclaration = declaration;
  }
  const isTwice = (name: string): boolean =>
    members.some((member) => staticName(member) === name) && targetIn(pattern, name) !== undefined;
  if (isTwice("body") || isTwice("headers")) {
    return undefined;
  }
  return {
    ...native,
    name: variable.name,
    members,
    pattern,
    patternDeclaration,
    readsBody: members.some((member) => staticName(member) === "body") || targetIn(pattern, "body") !== undefined,
    headers: headersOf(model, members, pattern),
  };
}

function findNative(model: Model, call: RequestCall): NativeResponse | undefined {
  const declarator = call.awaited === undefined ? null : model.parentOf(call.awaited);
  const declaration = declarator?.type === "VariableDeclarator" ? ownDeclaration(model, declarator) : undefined;
  if (declarator?.type !== "VariableDeclarator" || declaration === undefined) {
    return undefined;
  }
  if (declarator.id.type === "ObjectPattern") {
    return isPlainPattern(declarator.id)
      ? {
          declaration,
          declarator,
          name: undefined,
          members: [],
          pattern: declarator.id,
          patternDeclaration: undefined,
          readsBody: targetIn(declarator.id, "body") !== undefined,
          headers: headersOf(model, [], declarator.id),
        }
      : undefined;
  }
  const variable = model.variableOf(declarator.id);
  return variable !== undefined && isConstant(variable)
    ? nativeByName(model, { declaration, declarator }, variable)
    : undefined;
}

/** Tells how the full response that a request gives is used. */
export function findResponseUse(model: Model, call: RequestCall): ResponseUse {
  const found: Findings = { parts: new Set(), escapes: [], headers: [], problems: [] };
  for (const event of trace(model, [{ node: call.call, path: [PROMISE], state: true as const }])) {
    visitEvent(model, event, found);
  }
  const { parts, escapes, headers, problems } = found;
  const allHeaders = headers.flatMap(({ use, node }) => (use === "whole" ? node : []));
  return { parts, escapes, allHeaders, headers: mostOf(headers), problems, native: findNative(model, call) };
}
