import type * as ESTree from "estree";
import { staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { LIST_METHODS, METHODS, NUMBER_METHODS, TEXT_METHODS } from "./methods.ts";
import type { Alike, Kind } from "./methods.ts";
import { sampleOf } from "./pattern-sample.ts";

/** What the code does with a field, by its name: from that follows what a value must look like to lead anywhere. */
export interface Field {
  readonly name: string;
  kind: Kind | undefined;
  /** Whether it is taken for a list because of its length alone, which texts have as well. */
  isCounted: boolean;
  /** Values that the code compares it with. */
  readonly literals: Set<string | number | boolean | null>;
  /** Numbers that it is compared with as more or less: at them it turns. */
  readonly bounds: Set<number>;
  /** Numbers that its length is compared with. */
  readonly lengths: Set<number>;
  /** Fields that are read of it, or of its elements. */
  readonly children: Set<string>;
  /** Whether the code decides something by it. */
  isTested: boolean;
  /** What is the same to the code in more than one form, which other code may tell apart. */
  readonly alike: Set<Alike>;
  /** Whether the elements of the list are numbers. */
  hasNumbers: boolean;
}

/** What a function takes. */
type Params = readonly Node[];

interface Entry {
  readonly name: string;
  readonly value: Node;
}

/** The fields of a function, and the names in its code that stand for them. */
export class FieldNames {
  readonly fields = new Map<string, Field>();
  readonly #aliases = new Map<string, string>();
  readonly #params = new Map<string, readonly Params[]>();
  /** The names in object literals, by the names of their variables. */
  readonly #tables = new Map<string, readonly Entry[]>();
  /** Texts that regular expressions find something in, by the names of their variables. */
  readonly #samples = new Map<string, string>();

  /** The field of that name; made where it is new. */
  field(name: string): Field {
    const known = this.fields.get(name);
    if (known !== undefined) return known;
    const sets = {
      literals: new Set<never>(),
      bounds: new Set<number>(),
      lengths: new Set<number>(),
      children: new Set<string>(),
      alike: new Set<Alike>(),
    };
    const made = { name, kind: undefined, ...sets, isCounted: false, isTested: false, hasNumbers: false };
    this.fields.set(name, made);
    return made;
  }

  /** The field that an expression reads, through names, `await`, `||` and `??`. */
  fieldOf(node: Node | null | undefined): Field | undefined {
    if (node === null || node === undefined) return undefined;
    switch (node.type) {
      case "Identifier": {
        // A parameter is often called like the field that it is given.
        const name = this.#aliases.get(node.name) ?? node.name;
        return this.fields.get(name);
      }
      case "MemberExpression": {
        const name = staticName(node);
        if (name === undefined) return this.fieldOf(node.object);
        return this.fields.get(name);
      }
      case "ChainExpression":
        return this.fieldOf(node.expression);
      case "AwaitExpression":
        return this.fieldOf(node.argument);
      case "LogicalExpression":
        return this.fieldOf(node.left) ?? this.fieldOf(node.right);
      case "CallExpression":
        return this.#fieldOfCall(node);
      default:
        return undefined;
    }
  }

  /** `text.trim().toLowerCase() === "x"` compares the text, and `JSON.parse(text).id` reads of it. */
  #fieldOfCall({ callee, arguments: [first] }: ESTree.SimpleCallExpression): Field | undefined {
    if (callee.type !== "MemberExpression") return undefined;
    const { object } = callee;
    const method = staticName(callee) ?? "";
    if (method === "parse" && object.type === "Identifier" && object.name === "JSON") return this.fieldOf(first);
    return METHODS.has(method) ? this.fieldOf(object) : undefined;
  }

  /** What a name, or a pattern, stands for from then on. */
  bind(target: Node, init: Node | null | undefined): void {
    if (target.type === "Identifier") this.#bindFunctions(target.name, init);
    const sample = this.sampleOf(init);
    if (target.type === "Identifier" && sample !== undefined) this.#samples.set(target.name, sample);
    const field = init?.type === "SpreadElement" ? undefined : this.fieldOf(init);
    if (target.type === "Identifier" && init?.type === "ObjectExpression") {
      const entries = init.properties.flatMap((property): Entry[] => {
        const name = property.type === "Property" ? staticName(property) : undefined;
        return property.type !== "Property" || name === undefined ? [] : [{ name, value: property.value }];
      });
      this.#tables.set(target.name, entries);
    }
    if (target.type === "Identifier") {
      if (field !== undefined) this.#aliases.set(target.name, field.name);
    } else if (target.type === "ObjectPattern") {
      this.bindPattern(target, field);
    }
  }

  /** A pattern takes fields out of one that may not be known. */
  bindPattern(pattern: ESTree.ObjectPattern, of: Field | undefined): void {
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.key.type !== "Identifier" || property.computed) continue;
      const { name } = property.key;
      const field = this.field(name);
      of?.children.add(name);
      const value = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      if (value.type === "Identifier") this.#aliases.set(value.name, name);
      if (value.type === "ObjectPattern") this.bindPattern(value, field);
    }
  }

  /** Lets a name stand for a field. */
  alias(name: string, field: Field): void {
    this.#aliases.set(name, field.name);
  }

  isAlias(name: string): boolean {
    return this.#aliases.has(name);
  }

  /** A text that the regular expression in a literal or a variable finds something in. */
  sampleOf(node: Node | null | undefined): string | undefined {
    if (node?.type === "Identifier") return this.#samples.get(node.name);
    return node?.type === "Literal" && "regex" in node ? sampleOf(node.regex.pattern, node.regex.flags) : undefined;
  }

  /** The names in the object literal that a variable holds. */
  namesInTable(name: string): readonly string[] {
    return (this.#tables.get(name) ?? []).map((entry) => entry.name);
  }

  /** Notes what a name is called with when it stands for a function. */
  addFunction(name: string, params: Params): void {
    this.#params.set(name, [params]);
  }

  #bindFunctions(name: string, init: Node | null | undefined): void {
    const found = this.paramsOf(init);
    if (found.length > 0) this.#params.set(name, found);
  }

  /** The parameters of the functions that an expression may be: by its name, in a table, or one of several. */
  paramsOf(node: Node | null | undefined): readonly Params[] {
    if (isFunction(node)) return [node.params];
    switch (node?.type) {
      case "Identifier":
        return this.#params.get(node.name) ?? [];
      case "ConditionalExpression":
        return [node.consequent, node.alternate].flatMap((each) => this.paramsOf(each));
      case "LogicalExpression":
        return [node.left, node.right].flatMap((each) => this.paramsOf(each));
      case "ChainExpression":
        return this.paramsOf(node.expression);
      case "MemberExpression":
        return this.#paramsInTable(node);
      default:
        return [];
    }
  }

  #paramsInTable(node: ESTree.MemberExpression): readonly Params[] {
    const entries = node.object.type === "Identifier" ? (this.#tables.get(node.object.name) ?? []) : [];
    const name = staticName(node);
    // What a table takes out of a table is not followed, which may be the same one.
    const found = entries.filter((entry) => entry.value.type !== "MemberExpression");
    return found.flatMap((entry) => (name === undefined || entry.name === name ? this.paramsOf(entry.value) : []));
  }
}

/** Learns from a method of a field, or from its `length`, what kind it is of. */
export function learnKind(field: Field, name: string): void {
  if (name === "length") {
    field.isCounted ||= field.kind === undefined;
    field.kind ??= "list";
  } else if (LIST_METHODS.has(name)) {
    field.kind = "list";
    field.isCounted = false;
  } else if (TEXT_METHODS.has(name)) {
    field.kind = field.isCounted ? "text" : (field.kind ?? "text");
    field.isCounted = false;
  } else if (NUMBER_METHODS.has(name)) {
    field.kind ??= "number";
  }
}

/** Fields whose content is read as if it were the value itself. */
export const ENVELOPES = new Set(["payload", "body", "data", "value", "error", "response", "headers"]);

export function isFunction(
  node: Node | null | undefined,
): node is ESTree.ArrowFunctionExpression | ESTree.FunctionExpression {
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";
}
