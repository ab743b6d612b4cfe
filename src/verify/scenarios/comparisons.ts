import type * as ESTree from "estree";
import { staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Field, FieldNames } from "./field-names.ts";
import { LoopCounts } from "./loop-counts.ts";
import { KIND_BY_TYPE } from "./methods.ts";

/** What a function compares with what, and what it decides something by. */
export class Comparisons {
  readonly #names: FieldNames;
  readonly statuses = new Set<number>();
  readonly lengths = new Set<number>();
  readonly environment = new Map<string, Set<string>>();
  readonly pairs = new Map<string, readonly [string, string]>();
  readonly loops = new LoopCounts();

  constructor(names: FieldNames) {
    this.#names = names;
  }

  /** The texts that an environment variable is compared with. */
  variable(name: string): Set<string> {
    const texts = this.environment.get(name) ?? new Set();
    this.environment.set(name, texts);
    return texts;
  }

  compare(node: ESTree.BinaryExpression): void {
    const { operator, left, right } = node;
    if (/^[-*/%]$/u.test(operator)) for (const side of [left, right]) this.#calculate(side);
    if (!/^(?:[!=]==?|[<>]=?)$/u.test(operator)) return;
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (one.type === "PrivateIdentifier" || other.type === "PrivateIdentifier") continue;
      const [field, second] = [this.#names.fieldOf(one), this.#names.fieldOf(other)];
      this.literal(field, other);
      if (/^[!=]=$/u.test(operator)) field?.alike.add("loose");
      const variable = variableIn(one);
      if (variable !== undefined && other.type === "Literal" && typeof other.value === "string")
        this.variable(variable).add(other.value);
      this.#typeOf(one, other);
      if (/[<>]/u.test(operator)) {
        this.#bound(field, other, this.loops.isTest(node));
        this.loops.compare(node, one, other);
      } else if (field !== undefined && second !== undefined && field !== second) {
        this.pairs.set(`${field.name} ${second.name}`, [field.name, second.name]);
      } else if (field !== undefined && other.type === "Identifier") {
        this.loops.want(field);
      }
      this.#length(one, other);
      if (other.type === "Literal" && typeof other.value === "number" && other.value >= 100 && other.value < 600) {
        this.statuses.add(other.value);
      }
    }
  }

  /** What is calculated with is a number; an element of a list goes by the name of the list. */
  #calculate(side: Node): void {
    const field = this.#names.fieldOf(side);
    field?.alike.add("calculated");
    if (field?.kind === "list") field.hasNumbers = true;
    else if (field !== undefined) field.kind ??= "number";
  }

  /** What a loop counts up to is left alone: large numbers would make it long. */
  #bound(field: Field | undefined, other: Node, isOfLoop: boolean): void {
    if (field === undefined) return;
    if (!isOfLoop) field.kind ??= "number";
    if (other.type !== "Literal" || typeof other.value !== "number") return;
    field.bounds.add(other.value);
    field.isTested = true;
  }

  /** `list.length > 3` */
  #length(one: Node, other: Node): void {
    if (one.type !== "MemberExpression" || staticName(one) !== "length") return;
    if (other.type !== "Literal" || typeof other.value !== "number") return;
    const field = this.#names.fieldOf(one.object);
    field?.lengths.add(other.value);
    if (field?.kind !== "text") this.lengths.add(other.value);
  }

  /** `typeof x === "number"` */
  #typeOf(one: Node, other: Node): void {
    if (one.type !== "UnaryExpression" || one.operator !== "typeof" || other.type !== "Literal") return;
    const field = this.#names.fieldOf(one.argument);
    const kind = KIND_BY_TYPE.get(String(other.value));
    if (field === undefined || kind === undefined) return;
    field.kind ??= kind;
    field.isTested = true;
  }

  literal(field: Field | undefined, node: Node): void {
    if (node.type === "Literal" && typeof node.value === "number" && node.value >= 100 && node.value < 600) {
      this.statuses.add(node.value);
    }
    if (field === undefined || node.type !== "Literal") return;
    const { value } = node;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null) {
      field.literals.add(value);
      field.isTested = true;
    }
  }

  test(node: Node): void {
    const inner = node.type === "UnaryExpression" && node.operator === "!" ? node.argument : node;
    const field = this.#names.fieldOf(inner);
    const variable = variableIn(inner);
    if (variable !== undefined) this.variable(variable).add("");
    if (field === undefined) return;
    field.isTested = true;
    field.alike.add("truthy");
  }
}

/** The name in `process.env.MODE`. */
export function variableIn(node: Node): string | undefined {
  const isOne =
    node.type === "MemberExpression" && node.object.type === "MemberExpression" && staticName(node.object) === "env";
  return isOne ? staticName(node) : undefined;
}
