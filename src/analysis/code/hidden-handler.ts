import { callOf } from "./called.ts";
import { isFunction, isNullish, staticName } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { readsOf } from "./bindings.ts";
import { exportedValues } from "./exported-names.ts";
import { nameOfKey } from "./class-members.ts";
import { FunctionSearch } from "./function-search.ts";
import { findHandler } from "./handler.ts";
import { resolveFunction } from "./functions.ts";
import { perModel } from "./per-model.ts";

/** A handler whose function can't be pointed at: `const lambda = withLog((input, callback) => …)`. */
export interface HiddenHandler {
  /** What gives the name `lambda` its value: the name in a declaration or an assignment, or what is exported. */
  readonly at: Node;
  /** Why it can't be seen, as the end of a sentence that begins with “The handler”. */
  readonly problem: string;
  /** Functions of the file that are the handler whenever one of the file is. */
  readonly functions: readonly FunctionNode[];
  /** These, and the functions that are handed to what makes the handler. */
  readonly involved: readonly FunctionNode[];
  /** The `module` and `exports` that export it, where nothing else makes it the handler. */
  readonly exportedBy: readonly Node[];
}

/** One value that the name of the handler gets. */
interface Source {
  readonly at: Node;
  readonly value: Node;
  readonly why: string | undefined;
  /** The name gets a part of the value: `const { lambda } = value`. */
  readonly isPart?: boolean;
  readonly exportedBy?: Node;
}

/** Expressions that never give a function. */
const DATA =
  /^(?:Literal|TemplateLiteral|ObjectExpression|ArrayExpression|NewExpression|BinaryExpression|UnaryExpression|UpdateExpression|ClassExpression)$/u;

function isData(model: Model, value: Node): boolean {
  const isUndefined = value.type === "Identifier" && model.isGlobal(value, "undefined");
  const isProxy = value.type === "NewExpression" && model.isGlobal(value.callee, "Proxy");
  return isUndefined || (DATA.test(value.type) && !isProxy);
}

function whyHidden({ type }: Node): string {
  switch (type) {
    case "CallExpression":
      return "is the result of a call";
    case "ConditionalExpression":
    case "LogicalExpression":
      return "is chosen when the file loads";
    default:
      return "is not a function of its own in the file";
  }
}

/** What the variables of the module level with the name of the handler get. */
function declaredSources(model: Model): Source[] {
  const { variables } = model.scopeAt(model.program);
  const references = [
    ...variables.filter(({ defs }) => defs.length > 0).flatMap((variable) => variable.references),
    ...model.unresolved,
  ].filter(({ identifier }) => model.handlerNames.has(identifier.name));
  return references.flatMap((reference): Source[] => {
    const at = reference.identifier as Node;
    if (!reference.isWrite() || !reference.writeExpr) {
      return [];
    }
    const holder = model.parentOf(at);
    const isPart = holder?.type !== "VariableDeclarator" && holder?.type !== "AssignmentExpression";
    const why = isPart
      ? "is taken out of an object or a list"
      : model.variableOf(at) === undefined
        ? "is assigned, but declared nowhere"
        : reference.init === true
          ? undefined
          : "is assigned after its declaration";
    return [{ at, value: reference.writeExpr, why, isPart }];
  });
}

/** `if (x) { function lambda(…) {} }`: sloppy mode makes it known at module level, once the block has run. */
function nestedSources(model: Model): Source[] {
  return (
    model
      .nodes("FunctionDeclaration")
      // What a default export declares may have no name.
      .filter((node) => model.parentOf(node)?.type !== "ExportDefaultDeclaration")
      .filter((node) => model.handlerNames.has(node.id.name) && model.functionOf(node) === null)
      .map((node) => ({ at: node.id, value: node, why: "stands inside another statement" }))
  );
}

/** What is exported under the name of the handler, or as the whole of a file that looks like one. */
function exportedSources(model: Model): Source[] {
  return exportedValues(model).flatMap(({ root, name, value }): Source[] => {
    if (name !== undefined) {
      const why = isFunction(value) ? "is only a part of an export" : undefined;
      return model.handlerNames.has(name) ? [{ at: value, value, why, exportedBy: root }] : [];
    }
    const answer = resolveFunction(model, value);
    return answer.kind === "local" && looksLikeHandler(model, answer.node)
      ? [{ at: value, value, why: "is exported without the name `lambda`", exportedBy: root }]
      : [];
  });
}

/** The places that give a property its value. */
function memberValues(model: Model): { at: Node; name: string | undefined; value: Node }[] {
  const assigned = model
    .nodes("AssignmentExpression")
    .flatMap(({ left, right }) =>
      left.type === "MemberExpression" ? [{ at: left, name: staticName(left), value: lastValue(right) }] : [],
    );
  const members = [
    ...model.nodes("Property"),
    ...model.nodes("MethodDefinition"),
    ...model.nodes("PropertyDefinition"),
  ].flatMap((member) => (member.value ? [{ at: member, name: nameOfKey(member), value: member.value }] : []));
  return [...assigned, ...members];
}

/** Functions with the name of the handler and its signs that a file exports by a way of its own, or makes global. */
function memberSources(model: Model): Source[] {
  const isCommonJs = ["module", "exports"].some((name) => model.globals(name).length > 0);
  const isGlobalObject = (node: Node): boolean =>
    node.type === "ThisExpression" || ["globalThis", "global"].some((name) => model.isGlobal(node, name));
  return memberValues(model).flatMap(({ at, name, value }): Source[] => {
    const isPublic = isCommonJs || (at.type === "MemberExpression" && isGlobalObject(at.object));
    const isNamed = isPublic && model.handlerNames.has(name ?? "");
    const answer = isNamed ? resolveFunction(model, value) : undefined;
    return answer?.kind === "local" && looksLikeHandler(model, answer.node)
      ? [{ at, value: answer.node, why: "is the property of an object" }]
      : [];
  });
}

/** The value of `a = b = value`. */
function lastValue(value: Node): Node {
  return value.type === "AssignmentExpression" ? lastValue(value.right) : value;
}

/**
 * True for a function with the signs of a V1 handler, whatever it is called: it calls its second parameter with `null`
 * in front or with nothing else, and looks into its first one only for what the platform puts there.
 */
function looksLikeHandler(model: Model, node: FunctionNode): boolean {
  const [first, second, ...others] = node.params;
  const callback = second?.type === "Identifier" ? model.variableOf(second) : undefined;
  if (first === undefined || callback === undefined || others.length > 0) {
    return false;
  }
  const callsBack = readsOf(callback).some((read) => {
    const [error] = callOf(model, read)?.arguments ?? [];
    return error !== undefined && isNullish(error);
  });
  return callsBack && takesInput(model, first);
}

/** The members of the input that the platform calls a handler with. */
const INPUT_MEMBERS = new Set(["headers", "payload", "timestamp"]);

function takesInput(model: Model, parameter: Node): boolean {
  if (parameter.type === "ObjectPattern") {
    return parameter.properties.every(
      (property) => property.type === "Property" && INPUT_MEMBERS.has(staticName(property) ?? ""),
    );
  }
  const variable = parameter.type === "Identifier" ? model.variableOf(parameter) : undefined;
  const members = (variable === undefined ? [] : readsOf(variable)).map((read) => model.parentOf(read));
  return (
    variable !== undefined &&
    members.every((member) => member?.type !== "MemberExpression" || INPUT_MEMBERS.has(staticName(member) ?? "")) &&
    (members.length === 0 || members.some((member) => member?.type === "MemberExpression"))
  );
}

/** Finds a handler that is there, but that {@link findHandler} can't see. */
export const findHiddenHandler = perModel((model): HiddenHandler | undefined => {
  if (findHandler(model) !== undefined) {
    return undefined;
  }
  const isSource = ({ value, isPart }: Source): boolean => isPart === true || !isData(model, value);
  const declared = [...declaredSources(model), ...nestedSources(model)];
  const found = (declared.length > 0 ? declared : exportedSources(model)).filter(isSource);
  const sources = found.length > 0 || declared.length > 0 ? found : memberSources(model);
  const [first, second] = sources;
  if (first === undefined) {
    return undefined;
  }
  const search = new FunctionSearch(model);
  for (const { at, value } of sources) {
    if (at.type === "Identifier" && at !== value) {
      search.written(at, value);
    } else {
      search.follow(value);
    }
  }
  return {
    at: first.at,
    problem: first.why ?? (second === undefined ? whyHidden(first.value) : "is declared or assigned more than once"),
    functions: search.given,
    involved: search.involved,
    exportedBy: sources.flatMap(({ exportedBy }) => exportedBy ?? []),
  };
});

/** True when a function of the file is, or goes into, a handler that can't be pointed at. */
export function hidesHandler(model: Model): boolean {
  return (findHiddenHandler(model)?.involved.length ?? 0) > 0;
}
