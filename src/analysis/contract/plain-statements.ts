import type * as ESTree from "estree";
import { copyOf, nameAt } from "../code/rewrite.ts";
import { bareExpression, isFunction, rangeOf, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** A name that no file has: a dot is not part of a name. */
const NAME = "run.";

/**
 * Statements for expressions that choose, or do one thing after the other, and named functions for those that are called
 * where they stand.
 */
export class StatementWriter {
  readonly #isOfInterest: (node: Node) => boolean;
  readonly #named = new Map<Node, Node>();

  /** @param isOfInterest says whether the callback is anywhere in a node */
  constructor(isOfInterest: (node: Node) => boolean) {
    this.#isOfInterest = isOfInterest;
  }

  /** The statements that do the same as one; undefined where it is plain already. */
  statements(node: Node, inner: Node): readonly Node[] | undefined {
    if (inner.type !== "ExpressionStatement" && inner.type !== "ReturnStatement") {
      const isWanted = isFunction(inner) && inner.body.type !== "BlockStatement" && this.#isOfInterest(node);
      return isWanted ? this.#withBlock(inner) : undefined;
    }
    const named = this.#declarationsIn(inner);
    if (!this.#isOfInterest(node)) {
      return named.length > 0 ? [...named, inner] : undefined;
    }
    const whole = bareExpression(inner);
    const isReturned = inner.type === "ReturnStatement";
    const taken = whole ? this.#taken(whole, isReturned) : undefined;
    return taken === undefined && named.length === 0 ? undefined : [...named, ...(taken ?? [inner])];
  }

  /** A call of a function where it stands, written as the call of a name. */
  call(node: Node, inner: Node): readonly Node[] | undefined {
    if (inner.type !== "CallExpression" || !isFunction(inner.callee) || !this.#isOfInterest(node)) {
      return undefined;
    }
    const { callee } = inner;
    if (callee.params.length > 0 || inner.arguments.length > 0 || callee.generator === true) {
      return undefined;
    }
    const range = rangeOf(callee);
    const name = `${NAME}${String(range[0])}`;
    const call: Node = { ...inner, callee: nameAt(name, range) };
    this.#named.set(call, {
      type: "VariableDeclaration",
      kind: "const",
      declarations: [{ type: "VariableDeclarator", id: nameAt(name, range), init: callee, range: [...range] }],
      range: [...range],
    });
    return [call];
  }

  #declarationsIn(statement: Node): Node[] {
    const found: Node[] = [];
    if (this.#named.size === 0) {
      return found;
    }
    walk(statement, (part) => {
      const declaration = this.#named.get(part);
      if (declaration !== undefined) {
        found.push(declaration);
        this.#named.delete(part);
      }
      return !isFunction(part);
    });
    return found;
  }

  /** `() => (a ? b() : c())`: what stands in it needs statements of its own. */
  #withBlock(node: FunctionNode): readonly Node[] | undefined {
    const { body } = node;
    const range = rangeOf(body);
    const statement: Node = { type: "ReturnStatement", argument: body as ESTree.Expression, range: [...range] };
    const named = this.#declarationsIn(statement);
    const taken = this.#taken(body, true);
    if (taken === undefined && named.length === 0) {
      return undefined;
    }
    const list = [...named, ...(taken ?? [statement])] as ESTree.Statement[];
    const block: ESTree.BlockStatement = { type: "BlockStatement", body: list, range: [...range] };
    return [{ ...node, body: block, expression: false } as FunctionNode];
  }

  /** What an expression does as statements; undefined where it is one thing. */
  #taken(node: Node, isReturned: boolean): readonly Node[] | undefined {
    switch (node.type) {
      case "SequenceExpression":
        return node.expressions.flatMap((part, index) =>
          this.#written(part, isReturned && index === node.expressions.length - 1),
        );
      case "ConditionalExpression":
        return [
          ifStatement(node, {
            test: node.test,
            yes: this.#written(node.consequent, isReturned),
            no: this.#written(node.alternate, isReturned),
          }),
        ];
      case "LogicalExpression": {
        const { left, right, operator } = node;
        const range = rangeOf(left);
        const test: ESTree.Expression =
          operator === "&&"
            ? left
            : { type: "UnaryExpression", operator: "!", prefix: true, argument: left, range: [...range] };
        const otherwise = isReturned ? [returnOf(undefined, range)] : [];
        return operator === "??"
          ? undefined
          : [ifStatement(node, { test, yes: this.#written(right, isReturned), no: otherwise })];
      }
      case "UnaryExpression":
        return node.operator === "void" || node.operator === "!"
          ? [...this.#written(node.argument, false), ...(isReturned ? [returnOf(undefined, rangeOf(node))] : [])]
          : undefined;
      default:
        return undefined;
    }
  }

  #written(node: Node, isReturned: boolean): readonly Node[] {
    const range = rangeOf(node);
    const taken = this.#isOfInterest(node) ? this.#taken(node, isReturned) : undefined;
    return (
      taken ?? [
        isReturned
          ? returnOf(node as ESTree.Expression, range)
          : { type: "ExpressionStatement", expression: node as ESTree.Expression, range: [...range] },
      ]
    );
  }
}

function returnOf(argument: ESTree.Expression | undefined, range: readonly [number, number]): Node {
  return { type: "ReturnStatement", argument: argument ?? null, range: [...range] };
}

interface Branches {
  readonly test: ESTree.Expression;
  readonly yes: readonly Node[];
  readonly no: readonly Node[];
}

function ifStatement(node: Node, { test, yes, no }: Branches): Node {
  const range = rangeOf(node);
  const block = (body: readonly Node[]): ESTree.BlockStatement => ({
    type: "BlockStatement",
    body: body as ESTree.Statement[],
    range: [...range],
  });
  return {
    type: "IfStatement",
    test: copyOf(test) as ESTree.Expression,
    consequent: block(yes),
    alternate: no.length === 0 ? null : block(no),
    range: [...range],
  };
}
