import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";

/** Texts that only errors of the V1 client have. Source: request-promise-core, errors.js; request, request.js. */
const TEXT_OF_V1 =
  /Socket is closed|ERR_SOCKET_CLOSED|ESOCKETTIMEDOUT|^RequestError$|^TransformError$|^Error: (?:connect|getaddrinfo|socket) /u;

/** The names under which the file catches errors: of `catch (e)`, `.catch((e) => …)`, `.then(…, onError)`. */
function caughtNames(model: Model): Node[] {
  const handlers = model.nodes("CallExpression").flatMap((call: ESTree.CallExpression) => {
    const method = call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
    const handler = method === "catch" ? call.arguments[0] : method === "then" ? call.arguments[1] : undefined;
    const called = handler === undefined ? undefined : localFunctionOf(model, handler);
    return called?.params.slice(0, 1) ?? [];
  });
  return [...model.nodes("CatchClause").flatMap((clause) => clause.param ?? []), ...handlers];
}

function isShapeRead(model: Model, read: Node): boolean {
  const member = model.parentOf(read);
  if (member?.type !== "MemberExpression" || member.object !== read) {
    return false;
  }
  const parent = model.parentOf(member);
  const next = parent?.type === "MemberExpression" && parent.object === member ? staticName(parent) : undefined;
  switch (staticName(member)) {
    case "options":
      return true;
    case "cause":
      return next !== undefined;
    case "error":
      return next === "code" || next === "message" || next === "errno" || next === "syscall";
    case "response":
      return next === "request" || next === "toJSON";
    default:
      return false;
  }
}

/** The places that read what only the errors of the V1 client have: `error.options`, `error.cause.code`, their texts. */
export function findErrorShapeReads(model: Model): Node[] {
  const reads = caughtNames(model).flatMap((name) => {
    const variable = name.type === "Identifier" ? model.variableOf(name) : undefined;
    return variable === undefined ? [] : readsOf(variable).filter((read) => isShapeRead(model, read));
  });
  const texts = model
    .nodes("Literal")
    .filter((literal) => typeof literal.value === "string" && TEXT_OF_V1.test(literal.value));
  return [...reads, ...texts];
}
