import type * as ESTree from "estree";
import { childrenOf, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { EditList } from "../../edits/text/edit-list.ts";

/** The name under which a file finds the function that counts; no user would choose it. */
export const COUNT = "$faasCount";

/**
 * Writes a call of the counter into every branch: both sides of each condition, the right side of `&&`, `||` and `??`,
 * the cases of a `switch`, the bodies of loops and of `catch`. Nothing else of the program changes, line numbers
 * included; V8's own coverage can't be read under the permission model.
 *
 * @param first the number of its first branch
 * @returns how many ways there are to go on, with those before it
 */
export function countBranches(program: ESTree.Program, edits: EditList, first = 0): number {
  const counter = new Counter(edits);
  counter.total = first;
  counter.visit(program);
  return counter.total;
}

class Counter {
  readonly #edits: EditList;
  total = 0;

  constructor(edits: EditList) {
    this.#edits = edits;
  }

  visit(node: Node): void {
    this.#mark(node);
    for (const child of childrenOf(node)) this.visit(child);
    // Behind what the children wrote at the same place: the marks close in the order opposite to that of opening.
    this.#close(node);
  }

  #call(): string {
    const call = `${COUNT}(${String(this.total)})`;
    this.total += 1;
    return call;
  }

  #mark(node: Node): void {
    switch (node.type) {
      case "IfStatement":
        this.#openStatement(node.consequent);
        if (node.alternate) this.#openStatement(node.alternate);
        break;
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        this.#openStatement(node.body);
        break;
      case "ConditionalExpression":
        this.#openExpression(node.consequent);
        this.#openExpression(node.alternate);
        break;
      case "LogicalExpression":
        this.#openExpression(node.right);
        break;
      case "SwitchCase":
        this.#markCase(node);
        break;
      case "CatchClause":
        this.#edits.insert(rangeOf(node.body)[0] + 1, `${this.#call()};`);
        break;
      default:
        break;
    }
  }

  #close(node: Node): void {
    switch (node.type) {
      case "IfStatement":
        this.#closeStatement(node.consequent);
        if (node.alternate) this.#closeStatement(node.alternate);
        else this.#edits.insert(rangeOf(node)[1], ` else { ${this.#call()}; }`);
        break;
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        this.#closeStatement(node.body);
        break;
      case "ConditionalExpression":
        this.#closeExpression(node.consequent);
        this.#closeExpression(node.alternate);
        break;
      case "LogicalExpression":
        this.#closeExpression(node.right);
        break;
      default:
        break;
    }
  }

  #openStatement(node: Node): void {
    const [start] = rangeOf(node);
    if (node.type === "BlockStatement") this.#edits.insert(start + 1, `${this.#call()};`);
    else this.#edits.insert(start, `{ ${this.#call()}; `);
  }

  #closeStatement(node: Node): void {
    if (node.type !== "BlockStatement") this.#edits.insert(rangeOf(node)[1], " }");
  }

  #openExpression(node: Node): void {
    this.#edits.insert(rangeOf(node)[0], `(${this.#call()}, `);
  }

  #closeExpression(node: Node): void {
    this.#edits.insert(rangeOf(node)[1], ")");
  }

  #markCase(node: ESTree.SwitchCase): void {
    const [first] = node.consequent;
    if (first !== undefined) this.#edits.insert(rangeOf(first)[0], `${this.#call()};`);
  }
}
