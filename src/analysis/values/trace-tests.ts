import type * as ESTree from "estree";
import type { Node } from "../code/tree.ts";
import type { Position, Tracer } from "./trace-events.ts";

/** Places that only look at the value, or choose by it; false for all others. */
export function visitTest<S>(tracer: Tracer<S>, parent: Node, at: Position<S>): boolean {
  const { node } = at;
  switch (parent.type) {
    case "ExpressionStatement":
    case "ForStatement":
      tracer.use(
        parent.type === "ForStatement" && parent.test === node
          ? { type: "test", ...at, by: parent }
          : { type: "unused", ...at },
      );
      return true;
    case "SequenceExpression":
      if (parent.expressions.at(-1) === node) {
        tracer.choose(parent, at);
      } else {
        tracer.use({ type: "unused", ...at });
      }
      return true;
    case "ConditionalExpression":
    case "LogicalExpression":
      visitChoice(tracer, parent, at);
      return true;
    case "UnaryExpression":
      visitUnary(tracer, parent, at);
      return true;
    case "BinaryExpression":
      visitBinary(tracer, parent, at);
      return true;
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      tracer.use({ type: "test", ...at, by: parent });
      return true;
    case "SwitchStatement": {
      const others = parent.cases.flatMap(({ test }) => test ?? []);
      tracer.use({ type: "compare", ...at, operator: "===", others });
      return true;
    }
    case "SwitchCase": {
      const around = tracer.model.parentOf(parent);
      const others = around?.type === "SwitchStatement" ? [around.discriminant] : [];
      tracer.use({ type: "compare", ...at, operator: "===", others });
      return true;
    }
    case "TemplateLiteral":
    case "UpdateExpression":
      tracer.use({ type: "convert", ...at, by: parent });
      return true;
    case "ThrowStatement":
      tracer.escape(at, "thrown");
      return true;
    case "YieldExpression":
      tracer.escape(at, "yielded");
      return true;
    default:
      return false;
  }
}

function visitChoice<S>(
  tracer: Tracer<S>,
  by: ESTree.ConditionalExpression | ESTree.LogicalExpression,
  at: Position<S>,
): void {
  const isTest = by.type === "ConditionalExpression" ? by.test === at.node : by.left === at.node;
  if (isTest) {
    tracer.use({ type: "test", ...at, by });
  }
  // `value && other` gives the value only where there is none.
  if (!isTest || (by.type === "LogicalExpression" && by.operator !== "&&")) {
    tracer.choose(by, at);
  }
}

function visitUnary<S>(tracer: Tracer<S>, by: ESTree.UnaryExpression, at: Position<S>): void {
  switch (by.operator) {
    case "!":
    case "typeof":
      tracer.use({ type: "test", ...at, by });
      break;
    case "void":
    case "delete":
      tracer.use({ type: "unused", ...at });
      break;
    default:
      tracer.use({ type: "convert", ...at, by });
  }
}

function visitBinary<S>(tracer: Tracer<S>, by: ESTree.BinaryExpression, at: Position<S>): void {
  const { operator, left, right } = by;
  if (/^(?:[!=]==?|in|instanceof)$/u.test(operator)) {
    tracer.use({ type: "compare", ...at, operator, others: [left === at.node ? right : left] });
  } else {
    tracer.use({ type: "convert", ...at, by });
  }
}
