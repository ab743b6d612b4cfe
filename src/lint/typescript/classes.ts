import { copyOf, isNode, listOf } from "../any-node.ts";
import type { AnyNode } from "../any-node.ts";
import { assignment, call, identifier, member, statement } from "./build.ts";

/** True for a member of a class that only says what others will have. */
export function isTypeMember(node: AnyNode): boolean {
  const { value } = node;
  return (
    node.type.startsWith("TSAbstract") ||
    node.type === "TSIndexSignature" ||
    node["declare"] === true ||
    (isNode(value) && value.type === "TSEmptyBodyFunctionExpression")
  );
}

/** The decorators of a class and of its members run with it: each gets what it may change. */
export function decoratorCalls(body: AnyNode): AnyNode | undefined {
  const members = listOf(body["body"]);
  const decorators = members.flatMap((each) => [
    ...listOf(each["decorators"]),
    ...(isNode(each["value"]) ? listOf(each["value"]["params"]) : []).flatMap((given) => listOf(given["decorators"])),
  ]);
  return staticBlockOf(decorators);
}

/** A block of a class that calls decorators with the class. */
export function staticBlockOf(decorators: readonly AnyNode[]): AnyNode | undefined {
  const [first] = decorators;
  if (first === undefined) {
    return undefined;
  }
  const calls = decorators.flatMap(({ expression, range }) =>
    isNode(expression) ? [statement(call(expression, [{ type: "ThisExpression", range }], range))] : [],
  );
  return { type: "StaticBlock", body: calls, range: first.range };
}

/** A constructor that keeps what it is given: `constructor(private readonly id: string) {}`. */
export function withKeptParameters(node: AnyNode): AnyNode {
  const params = listOf(node["params"]);
  const kept = params.flatMap((each) => (each.type === "TSParameterProperty" ? keptName(each) : []));
  const { body } = node;
  if (kept.length === 0 || !isNode(body)) {
    return node;
  }
  const statements = listOf(body["body"]);
  const behind = statements.findIndex(isSuperCall) + 1;
  const keeping = kept.map(({ name, range }) => {
    const mention = (): AnyNode => identifier(name, range);
    return statement(assignment(member({ type: "ThisExpression", range }, mention()), mention(), range));
  });
  return copyOf(node, {
    params: params.map((each) => (each.type === "TSParameterProperty" ? (each["parameter"] as AnyNode) : each)),
    body: copyOf(body, { body: statements.toSpliced(behind, 0, ...keeping) }),
  });
}

function keptName({ parameter, range }: AnyNode): { name: string; range: AnyNode["range"] }[] {
  const target = isNode(parameter) && parameter.type === "AssignmentPattern" ? parameter["left"] : parameter;
  return isNode(target) && typeof target["name"] === "string" ? [{ name: target["name"], range }] : [];
}

function isSuperCall({ type, expression }: AnyNode): boolean {
  return (
    type === "ExpressionStatement" &&
    isNode(expression) &&
    expression.type === "CallExpression" &&
    isNode(expression["callee"]) &&
    expression["callee"].type === "Super"
  );
}
