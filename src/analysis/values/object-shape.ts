import type * as ESTree from "estree";
import { memberNameOf } from "../code/members-names.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { isNullish } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { changesOfLiteral } from "./object-changes.ts";
import type { LostObject } from "./object-changes.ts";
import type { Origin, UnknownOrigin } from "./origins-types.ts";
import { originsOf } from "./origins.ts";
import { isInList } from "./trace-path.ts";

/** Why the names of an object can't be known, and where. */
export interface ShapeProblem {
  readonly node: Node;
  /** Completes the sentence “The options of this request …”. */
  readonly what: string;
}

/** What can be told of an object that is put together in several places. */
export interface ObjectShape {
  /** Every name that the object can have, with the expressions that its value can come from. */
  readonly values: ReadonlyMap<string, readonly Node[]>;
  /** The names that it surely has. */
  readonly certain: ReadonlySet<string>;
  /** Members of its members that are written: `options.headers.Accept = …`. */
  readonly nested: ReadonlyMap<string, readonly ESTree.MemberExpression[]>;
  readonly problems: readonly ShapeProblem[];
}

/** Undefined stands for “nothing new”: the object is being read already. */
type Certain = ReadonlySet<string> | undefined;

const NOTHING: ReadonlySet<string> = new Set();

/** What is said of an object that goes where it can't be followed. */
const LOST: Readonly<Record<LostObject, string>> = {
  computed: "have a computed key",
  pattern: "are set by a pattern",
  "other-name": "hold an object that is changed by another name",
  argument: "are given to a function that may add to them",
  shared: "come from an object that several places share",
  kept: "are kept in another object",
};

/** What is said of an object of which it can't be known where it comes from. */
const UNKNOWN: Readonly<Record<UnknownOrigin, string>> = {
  parameter: "come from a parameter that is destructured",
  spread: "come from a spread argument",
  caught: "come from a variable that is not set to an object in this file",
  import: "come from a variable that is not set to an object in this file",
  key: "come from the names of an object",
  changed: "are kept in another object",
  deep: "come from a variable that is set in a way that can't be followed",
  unknown: "come from a variable that is set in a way that can't be followed",
};

function both(a: Certain, b: Certain): Certain {
  return a === undefined || b === undefined ? (a ?? b) : new Set([...a].filter((name) => b.has(name)));
}

function either(a: Certain, b: Certain): Certain {
  return new Set([...(a ?? []), ...(b ?? [])]);
}

/** Reads everything that an object can be made of: literals with all that is done to them, spreads, merges. */
export function readObjectShape(model: Model, node: Node): ObjectShape {
  const reader = new ShapeReader(model);
  const certain = reader.read(node) ?? NOTHING;
  return { values: reader.values, certain, nested: reader.nested, problems: reader.problems };
}

class ShapeReader {
  readonly values = new Map<string, Node[]>();
  readonly nested = new Map<string, ESTree.MemberExpression[]>();
  readonly problems: ShapeProblem[] = [];
  readonly #model: Model;
  /** What is known of each; undefined while it is being read. */
  readonly #seen = new Map<Node, Certain>();

  constructor(model: Model) {
    this.#model = model;
  }

  read(node: Node): Certain {
    return originsOf(this.#model, node)
      .map((origin) => this.#once(origin.node, () => this.#readOrigin(origin)))
      .reduce(both, undefined);
  }

  #once(key: Node, read: () => Certain): Certain {
    if (!this.#seen.has(key)) {
      this.#seen.set(key, undefined);
      this.#seen.set(key, read());
    }
    return this.#seen.get(key);
  }

  #refuse(node: Node, what: string): Certain {
    if (!this.problems.some((problem) => problem.node === node && problem.what === what)) {
      this.problems.push({ node, what });
    }
    return NOTHING;
  }

  #add(name: string, value: Node): void {
    this.values.set(name, [...new Set(this.values.get(name)).add(value)]);
  }

  #readOrigin(origin: Origin): Certain {
    if (origin.kind === "unknown") {
      return this.#refuse(origin.node, this.#sentence(origin.why, origin.node));
    }
    if (origin.kind === "part") {
      return this.#refusePart(origin);
    }
    return origin.kind === "made" ? this.#readMade(origin.node) : NOTHING;
  }

  /** A member of something unknown, what a function outside of the file promises, or a name that got such a value. */
  #refusePart({ node, of, path }: Origin & { readonly kind: "part" }): Certain {
    if (node.type === "AwaitExpression") {
      return this.#refuse(node.argument, "come from a function that is not in this file");
    }
    if (node.type === "CallExpression") {
      return this.#refuse(node, "come from a function that is not in this file");
    }
    if (node.type === "MemberExpression") {
      return this.#refuse(node, "come from outside of this function");
    }
    return isInList(path)
      ? this.#refuse(of, "come from a list that is not written out in this file")
      : this.#refuse(node, "come from a variable that is not set to an object in this file");
  }

  #sentence(why: UnknownOrigin, node: Node): string {
    const name = node.type === "AssignmentPattern" ? node.left : node;
    return why === "parameter" && name.type === "Identifier"
      ? `come from the parameter \`${name.name}\`, whose values are not all in this file`
      : UNKNOWN[why];
  }

  #readMade(node: Node): Certain {
    switch (node.type) {
      case "ObjectExpression":
        return this.#readLiteral(node);
      case "Literal":
        return typeof node.value === "string" ? this.#refuse(node, "come from a text") : NOTHING;
      case "Identifier":
        return isNullish(node)
          ? NOTHING
          : this.#refuse(node, "come from a variable that is not declared once in this file");
      case "CallExpression":
        return this.#readCall(node);
      default:
        return this.#refuse(node, "come from an expression");
    }
  }

  #readCall(call: ESTree.CallExpression): Certain {
    const [first] = call.arguments;
    if (isCallOf(this.#model, call, "Object.assign")) {
      return call.arguments.reduce<Certain>((known, argument) => either(known, this.read(argument)), NOTHING);
    }
    const isCopy = isCallOf(this.#model, call, "JSON.parse") && isCallOf(this.#model, first, "JSON.stringify");
    if (isCopy && first?.type === "CallExpression" && first.arguments.length === 1) {
      const [copied] = first.arguments;
      // A copy by way of JSON loses what is undefined.
      return copied === undefined ? NOTHING : both(NOTHING, this.read(copied));
    }
    return this.#refuse(call, "come from a function that is not in this file");
  }

  #readLiteral(literal: ESTree.ObjectExpression): Certain {
    let certain: Certain = NOTHING;
    for (const property of literal.properties) {
      if (property.type !== "Property") {
        const spread = this.read(property.argument);
        // Anything else may be nothing at all: `{ ...undefined }` is an empty object.
        if (isSurelyObject(this.#model, property.argument)) {
          certain = either(certain, spread);
        }
        continue;
      }
      const name = memberNameOf(this.#model, property);
      if (name === undefined) {
        this.#refuse(property, "have a computed key");
      } else if (property.kind !== "init") {
        this.#refuse(property, "have an accessor");
      } else {
        this.#add(name, property.value);
        certain = either(certain, new Set([name]));
      }
    }
    const deleted = this.#readChanges(literal);
    return new Set([...(certain ?? [])].filter((name) => !deleted.has(name)));
  }

  /** Reads what is done to the object later, and gives the names that are taken out of it. */
  #readChanges(literal: ESTree.ObjectExpression): ReadonlySet<string> {
    const deleted = new Set<string>();
    for (const change of changesOfLiteral(this.#model, literal)) {
      if (change.kind === "set") {
        this.#add(change.name, change.value);
      } else if (change.kind === "merge") {
        this.read(change.source);
      } else if (change.kind === "nested") {
        this.nested.set(change.name, [...new Set(this.nested.get(change.name)).add(change.member)]);
      } else if (change.kind === "delete") {
        deleted.add(change.name);
      } else {
        this.#refuse(change.node, LOST[change.why]);
      }
    }
    return deleted;
  }
}

/** True for what is an object wherever it comes from. */
function isSurelyObject(model: Model, node: Node): boolean {
  return originsOf(model, node).every(({ kind, node: made }) => kind === "made" && made.type === "ObjectExpression");
}
