import type * as ESTree from "estree";
import { isConstant } from "../code/bindings.ts";
import { argumentReaders } from "../code/builtins.ts";
import type { Model } from "../code/model.ts";
import { globalObjects, globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isWritten } from "../code/writes.ts";
import { readsOfModule } from "../modules/uses.ts";
import { stringOf } from "../values/constants.ts";
import { originsOf } from "../values/origins.ts";
import type { SameHop, TraceEvent, TraceStart } from "../values/trace-events.ts";
import { trace } from "../values/trace.ts";

/** One place that names an environment variable. */
export interface EnvironmentUse {
  readonly name: string;
  /** What spells the name: an identifier, or a string. */
  readonly key: Node;
  /** The name stands elsewhere, where it may mean other things as well: `process.env[name]`. */
  readonly isIndirect: boolean;
  /** The property of a pattern that spells name and binding in one word: `{ BRAND_ID }`. */
  readonly shorthand: boolean;
  /** True for an assignment, an update, and `delete`. */
  readonly isWrite: boolean;
  /** What gives the value when it is read: the member, the variable that a pattern declares, or `Reflect.get(…)`. */
  readonly value: Node | undefined;
}

/** How a file uses `process.env`. */
export interface Environment {
  readonly uses: readonly EnvironmentUse[];
  /** Uses of `process` or `process.env` as a value: which variables they read can't be told. */
  readonly escapes: readonly Node[];
  /** Reads of a variable whose name is made up at run time. */
  readonly computed: readonly Node[];
  /** Uses of the global object as a value, from where `process` can be reached. */
  readonly hidden: readonly Node[];
  /** True where any variable may be written or deleted: by a name that is made up at run time, or out of sight. */
  readonly isAnyWritten: boolean;
}

/** What an expression that leads to the environment gives: the global object, `process`, or `process.env`. */
type Kind = "global" | "process" | "environment";

/** The member of an object that leads on; undefined for one that leads nowhere. */
function memberKind(kind: "global" | "process", name = ""): Kind | undefined {
  if (kind === "process") {
    return name === "env" ? "environment" : name === "default" ? "process" : undefined;
  }
  return name === "process" ? "process" : globalObjects.includes(name) ? "global" : undefined;
}

/** Functions of the language that take an object and the name of a member, and whether they write it. */
const NAMING_FUNCTIONS: ReadonlyMap<string, boolean> = new Map([
  ["Object.defineProperty", true],
  ["Object.getOwnPropertyDescriptor", false],
  ["Object.hasOwn", false],
  ["Object.prototype.hasOwnProperty.call", false],
  ["Reflect.defineProperty", true],
  ["Reflect.deleteProperty", true],
  ["Reflect.get", false],
  ["Reflect.has", false],
  ["Reflect.set", true],
]);

/** Methods that every object has, and that take the name of a member. */
const NAMING_METHODS: ReadonlySet<string> = new Set(["hasOwnProperty", "propertyIsEnumerable"]);

/** What is done with an object that changes nothing in it. */
const LOOKS: ReadonlySet<string> = new Set(["convert", "copy", "enumerate", "show"]);

/** True where the environment only gets another name: a constant, or one of several values. */
function isRenaming(model: Model, hop: SameHop<Kind>): boolean {
  const { node, type } = hop;
  return type === "bind"
    ? hop.via === "declaration" &&
        hop.variable.defs[0]?.type === "Variable" &&
        isConstant(hop.variable) &&
        model.parentOf(node)?.type !== "AssignmentPattern"
    : type === "choice";
}

class EnvironmentReader {
  readonly uses: EnvironmentUse[] = [];
  readonly escapes: Node[] = [];
  readonly computed: Node[] = [];
  readonly hidden: Node[] = [];
  isAnyWritten = false;
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** Follows expressions to what is read of them. */
  read(starts: readonly TraceStart<Kind>[]): void {
    const events = trace<Kind>(this.#model, starts, {
      same: (hop) => (isRenaming(this.#model, hop) ? hop.state : undefined),
      part: ({ type, state, ...hop }) =>
        type === "member" && state !== "environment" && "name" in hop ? memberKind(state, hop.name) : undefined,
    });
    for (const event of events) {
      this.#visit(event);
    }
  }

  #visit(event: TraceEvent<Kind>): void {
    const { type, node, state } = event;
    switch (type) {
      case "member":
        this.#visitMember(event.member, event.name, node, state);
        break;
      case "write":
        this.#visitMember(event.target, event.name, node, state);
        break;
      case "compare":
        if (event.operator === "in" && state === "environment") {
          this.#visitName(event.others[0], node, false);
        }
        break;
      case "unused":
        break;
      case "test":
        if (event.by.type === "CallExpression") {
          this.#visitArgument(event.by, node, state);
        }
        break;
      default:
        this.#visitOther(event);
    }
  }

  #visitOther(event: TraceEvent<Kind>): void {
    const parent = event.type === "escape" ? this.#model.parentOf(event.node) : null;
    const call = event.type === "change" ? event.call : parent?.type === "CallExpression" ? parent : undefined;
    if (call !== undefined) {
      this.#visitArgument(call, event.node, event.state);
    } else if (!("isFollowed" in event && event.isFollowed)) {
      this.#escape(event.node, event.state, LOOKS.has(event.type));
    }
  }

  /** @param isLook true where nothing can be changed by way of what gets it */
  #escape(node: Node, kind: Kind, isLook = false): void {
    (kind === "global" ? this.hidden : this.escapes).push(node);
    this.isAnyWritten ||= !isLook;
  }

  /** What a member, or a property of a pattern, takes or writes. */
  #visitMember(
    member: ESTree.MemberExpression | ESTree.AssignmentProperty,
    name: string | undefined,
    node: Node,
    kind: Kind,
  ): void {
    const isWrite = member.type === "MemberExpression" && isWritten(this.#model, member);
    if (kind === "environment") {
      this.#visitVariable(member, node);
    } else if (name === undefined) {
      this.#escape(node, kind);
    } else if (isWrite && memberKind(kind, name) !== undefined) {
      this.#escape(member, "process");
    }
  }

  /** `process.env.NAME`, or `{ NAME } = process.env`. */
  #visitVariable(member: ESTree.MemberExpression | ESTree.AssignmentProperty, node: Node): void {
    const name = staticName(member);
    if (member.type !== "MemberExpression") {
      const value = member.value.type === "Identifier" ? member.value : undefined;
      if (name === undefined) {
        this.#escape(node, "environment");
      } else {
        this.#add(name, member.key, { shorthand: member.shorthand, value });
      }
      return;
    }
    const call = this.#model.parentOf(member);
    if (name === undefined) {
      this.#visitComputed(member);
    } else if (NAMING_METHODS.has(name) && call?.type === "CallExpression" && call.callee === member) {
      this.#visitName(call.arguments[0], member, false);
    } else {
      const isWrite = isWritten(this.#model, member);
      this.#add(name, member.property, { isWrite, value: isWrite ? undefined : member });
    }
  }

  #add(name: string, key: Node, more: Partial<EnvironmentUse>): void {
    this.uses.push({ name, key, isIndirect: false, shorthand: false, isWrite: false, value: undefined, ...more });
  }

  /** A name that is not written in its place: all texts that it can be are followed. */
  #visitComputed(member: ESTree.MemberExpression): void {
    const isWrite = isWritten(this.#model, member);
    const value = isWrite ? undefined : member;
    let isKnown = true;
    for (const { kind, node: key } of originsOf(this.#model, member.property)) {
      const name = kind === "made" ? stringOf(this.#model, key) : undefined;
      if (name !== undefined) {
        this.#add(name, key, { isIndirect: true, isWrite, value });
      }
      isKnown &&= name !== undefined;
    }
    if (!isKnown) {
      this.#addComputed(member, isWrite);
    }
  }

  /** A name that is given as a value: `"NAME" in process.env`. */
  #visitName(name: Node | undefined, node: Node, isWrite: boolean, value?: Node): void {
    if (name?.type === "Literal" && typeof name.value === "string") {
      this.#add(name.value, name, { isWrite, value });
    } else {
      this.#addComputed(node, isWrite);
    }
  }

  #addComputed(node: Node, isWrite: boolean): void {
    this.computed.push(node);
    this.isAnyWritten ||= isWrite;
  }

  /** Functions of the language that name one variable, or several in a literal, are read; all others escape. */
  #visitArgument(call: ESTree.CallExpression, node: Node, kind: Kind): void {
    const path = globalPath(this.#model, call.callee) ?? "";
    const [target, ...sources] = call.arguments;
    const isWrite = NAMING_FUNCTIONS.get(path);
    if (kind !== "environment" || target !== node) {
      this.#escape(node, kind, path === "Object.assign");
    } else if (isWrite !== undefined) {
      this.#visitName(sources[0], node, isWrite, path === "Reflect.get" ? call : undefined);
    } else if (path === "Object.assign") {
      sources.forEach((source) => {
        this.#visitSource(source, node);
      });
    } else {
      this.#escape(node, kind, argumentReaders.has(path));
    }
  }

  #visitSource(source: Node, node: Node): void {
    for (const property of source.type === "ObjectExpression" ? source.properties : [undefined]) {
      const name = property?.type === "Property" ? staticName(property) : undefined;
      if (property?.type !== "Property" || name === undefined) {
        this.#escape(node, "environment");
      } else {
        this.#add(name, property.key, { shorthand: property.shorthand, isWrite: true });
      }
    }
  }
}

const PROCESS_MODULE = /^(?:node:)?process$/u;

/** The places that mean `process` where it is taken in as a module, or something of it. */
function modulesOf(model: Model): TraceStart<Kind>[] {
  return readsOfModule(model, PROCESS_MODULE).flatMap(({ node, name }) => {
    const state = name === undefined ? "process" : memberKind("process", name);
    return state === undefined ? [] : [{ node, state }];
  });
}

/** Finds every environment variable that a file names, by binding. */
export const environmentOf = perModel((model): Environment => {
  const reader = new EnvironmentReader(model);
  const names = ["process", ...globalObjects].flatMap((name) => model.globals(name));
  const starts = names
    .toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])
    .map((node): TraceStart<Kind> => ({ node, state: node.name === "process" ? "process" : "global" }));
  reader.read([...starts, ...modulesOf(model)]);
  const { uses, escapes, computed, hidden, isAnyWritten } = reader;
  return { uses, escapes, computed, hidden, isAnyWritten };
});

/** True when nothing that the file does can change or delete an environment variable. */
export function isVariableKept(model: Model, name: string): boolean {
  const { uses, isAnyWritten } = environmentOf(model);
  return !isAnyWritten && uses.every((use) => use.name !== name || !use.isWrite);
}
