import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import type { ResponsePart, StatusErrorUse, StatusField } from "../http/status-error.ts";
import { readCallsOf } from "../secrets/reads.ts";
import { errorReads, findTellingErrorUses } from "./uses.ts";

const ALL: StatusErrorUse & { readonly fields: ReadonlySet<string> } = {
  fields: new Set<StatusField>(["name", "statusCode", "error", "response"]),
  responseParts: undefined,
  readsText: true,
};

/** Members that all errors have, and those that the errors of requests have and this one has not. */
const OTHERS: ReadonlySet<string> = new Set(["message", "cause", "code", "errno", "syscall", "options", "status"]);

/** Members whose text begins with the name. */
const NAMED: ReadonlySet<string> = new Set(["stack", "toString"]);

function isField(name: string): name is StatusField {
  return ALL.fields.has(name);
}

/** The names that a read takes out of the error; undefined where the error goes on as a whole. */
function namesRead(model: Model, read: Node): readonly string[] | undefined {
  if (read.type === "ObjectPattern") {
    return namesOf(read);
  }
  const parent = model.parentOf(read);
  if (parent?.type === "MemberExpression" && parent.object === read) {
    const name = staticName(parent);
    return name === undefined ? undefined : [name];
  }
  const isTaken = parent?.type === "VariableDeclarator" && parent.init === read && parent.id.type === "ObjectPattern";
  return isTaken && parent.id.type === "ObjectPattern" ? namesOf(parent.id) : undefined;
}

function namesOf(pattern: ESTree.ObjectPattern): readonly string[] | undefined {
  const names = pattern.properties.map((property) => (property.type === "Property" ? staticName(property) : undefined));
  return names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
}

/** True where the error becomes a text as a whole: it begins with the name. */
function isTextOfError(model: Model, read: Node): boolean {
  const parent = model.parentOf(read);
  return (
    parent?.type === "TemplateLiteral" ||
    (parent?.type === "BinaryExpression" && parent.operator === "+") ||
    isCallOf(model, parent, "String") ||
    (parent?.type === "MemberExpression" && parent.object === read && NAMED.has(staticName(parent) ?? ""))
  );
}

/** The member that is read of a value; `true` where the code only asks whether there is one. */
function memberRead(model: Model, node: Node): ESTree.MemberExpression | boolean {
  const parent = model.parentOf(node);
  return parent?.type === "MemberExpression" && parent.object === node ? parent : isAsked(model, node);
}

/** True where the code looks at nothing but whether a value is something. */
function isAsked(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "LogicalExpression":
      return (parent.operator === "&&" && parent.left === node) || isAsked(model, parent);
    case "UnaryExpression":
      return parent.operator === "!";
    default:
      return false;
  }
}

/** The part of the response that is read at `error.response`: none where it is only asked for, `undefined` where any may be. */
function responsePartsAt(model: Model, response: Node): readonly ResponsePart[] | undefined {
  const member = memberRead(model, response);
  if (typeof member === "boolean") {
    return member ? [] : undefined;
  }
  const name = staticName(member);
  if (name === "statusCode" || name === "body") {
    return [name];
  }
  const header = name === "headers" ? memberRead(model, member) : false;
  const headerName = typeof header === "boolean" ? undefined : staticName(header)?.toLowerCase();
  // Cookies are a list.
  const isText = header === true || (headerName !== undefined && headerName !== "set-cookie");
  return isText ? ["headers"] : undefined;
}

/** What the file reads of the responses of errors; undefined where it may read anything. */
function responsePartsOf(model: Model, reads: readonly Node[]): ReadonlySet<ResponsePart> | undefined {
  const parts = reads.map((read) => {
    const member = model.parentOf(read);
    const isMember = member?.type === "MemberExpression" && member.object === read;
    if (!isMember || staticName(member) !== "response") {
      return namesRead(model, read)?.includes("response") === true ? undefined : [];
    }
    return responsePartsAt(model, member);
  });
  return parts.includes(undefined) ? undefined : new Set(parts.flatMap((names) => names ?? []));
}

/** Uses of `Promise.allSettled` whose results may hold errors of requests, which nobody catches. */
export function settledRequests(model: Model): ESTree.MemberExpression[] {
  const reads: ReadonlySet<Node | null> = new Set(readCallsOf(model));
  return model.nodes("MemberExpression").filter((member) => {
    if (staticName(member) !== "allSettled") return false;
    const call = model.parentOf(member);
    const isCall = call?.type === "CallExpression" && isCallOf(model, call, "Promise.allSettled");
    const list = isCall ? call.arguments[0] : undefined;
    const isOfSecrets = list?.type === "ArrayExpression" && list.elements.every((element) => reads.has(element));
    return !isOfSecrets;
  });
}

/** Tells what a file can notice of the error of a status. */
export const statusErrorUseOf = perModel((model): StatusErrorUse => {
  if (settledRequests(model).length > 0) {
    return ALL;
  }
  const fields = new Set<StatusField>();
  let readsText = false;
  const reads = findTellingErrorUses(model);
  for (const read of reads) {
    const names = namesRead(model, read);
    if (names?.every((name) => isField(name) || OTHERS.has(name) || NAMED.has(name)) !== true) {
      return ALL;
    }
    for (const name of names) {
      if (isField(name)) {
        fields.add(name);
      } else if (NAMED.has(name)) {
        fields.add("name");
      }
      readsText ||= name === "message" || NAMED.has(name);
    }
  }
  if (errorReads(model).some((read) => isTextOfError(model, read))) {
    fields.add("name");
  }
  return { fields, responseParts: responsePartsOf(model, reads), readsText };
});
