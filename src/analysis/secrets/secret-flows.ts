import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { PartHop, SameHop, TracePolicy, TraceStart } from "../values/trace-events.ts";
import { isSecretName } from "./classify.ts";
import { shapeOfCarried } from "./secret-carriers.ts";
import type { CarrierShape } from "./secret-carriers.ts";

/** What is known of a secret, or of the input, on its way. Compared by identity: see `SecretFlows.flow`. */
export interface Flow {
  /** The `readSecret` call that it comes from; undefined for what comes with the input. */
  readonly read: ESTree.SimpleCallExpression | undefined;
  /**
   * `entry`: what `readSecret` gives · `input`: what the handler gets · `headers`: its headers · `text`: a value that is
   * secret, or what spells it out · `address`, `query`, `fields`: what carries it to a server, see `CarrierShape`.
   */
  readonly shape: "entry" | "input" | "headers" | "text" | CarrierShape;
  /** What has put it into an object or a list that was there before; only code behind it finds it there. */
  readonly stored: Node | undefined;
}

/** Methods of strings whose result shows what the string is. */
const TEXT_METHODS: ReadonlySet<string> = new Set(["toString", "trim", "concat", "toLowerCase", "toUpperCase"]);

/** The same with those of an address. */
const SHOWING_METHODS: ReadonlySet<string> = new Set([...TEXT_METHODS, "toJSON"]);

const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);

/** Which ways secrets and the input are followed, and what they are behind each hop. */
export class SecretFlows implements TracePolicy<Flow> {
  readonly #model: Model;
  readonly #flows: Flow[] = [];
  /** What variables that change get: by variable, and by the name that is written. */
  readonly #given = new Map<Variable, Map<Node, SameHop<Flow>>>();
  readonly #late: TraceStart<Flow>[] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  /** The one object for what is known. */
  flow(read: Flow["read"], shape: Flow["shape"], stored?: Node): Flow {
    const known = this.#flows.find((each) => each.read === read && each.shape === shape && each.stored === stored);
    const flow = known ?? { read, shape, stored };
    if (known === undefined) {
      this.#flows.push(flow);
    }
    return flow;
  }

  /** Takes the reads of variables that have turned out, on the way, to hold nothing but secrets. */
  takeLate(): TraceStart<Flow>[] {
    return this.#late.splice(0);
  }

  same(hop: SameHop<Flow>): Flow | undefined {
    const { state } = hop;
    if (hop.type === "bind") {
      if (!isConstant(hop.variable)) {
        this.#assign(hop);
        return undefined;
      }
      return state;
    }
    const store = hop.type === "hold" ? this.#model.parentOf(hop.node) : null;
    if (store?.type === "AssignmentExpression") {
      return store.right === hop.node && this.#isOnlyWrite(store)
        ? this.flow(state.read, state.shape, store)
        : undefined;
    }
    return store?.type === "CallExpression" ? this.flow(state.read, state.shape, store) : state;
  }

  /** A variable that is assigned later on: all that it ever holds must be a secret. */
  #assign(hop: SameHop<Flow> & { readonly type: "bind" }): void {
    const { variable, target } = hop;
    const [definition, ...others] = variable.defs;
    const declared = definition?.type === "Variable" && others.length === 0 ? definition.node : undefined;
    if (declared?.id.type !== "Identifier" || !isEmpty(declared.init) || hop.via !== "assignment") {
      return;
    }
    const writes = variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
    const given = this.#given.get(variable) ?? new Map<Node, SameHop<Flow>>();
    const first = writes[0]?.identifier as Node | undefined;
    if (first === undefined || given.has(target)) {
      return;
    }
    this.#given.set(variable, given.set(target, hop));
    if (given.size === writes.length) {
      const reads = readsOf(variable).filter((read) => this.#mayFollow(first, read));
      this.#late.push(
        ...[...given.values()].flatMap(({ path, state }) => reads.map((node) => ({ node, path, state }))),
      );
    }
  }

  /** True where a read may come behind a write; of another function, the time is not known. */
  #mayFollow(write: Node, read: Node): boolean {
    return this.#model.functionOf(write) !== this.#model.functionOf(read) || rangeOf(write)[0] < rangeOf(read)[0];
  }

  /** False where something else is written to the member as well, or it is deleted: the secret may be gone. */
  #isOnlyWrite({ left }: ESTree.AssignmentExpression): boolean {
    const text = this.#model.textOf(left);
    return (
      this.#model
        .nodes("AssignmentExpression")
        .every((other) => other.left === left || this.#model.textOf(other.left) !== text || isEmpty(other.right)) &&
      this.#model
        .nodes("UnaryExpression")
        .every(({ operator, argument }) => operator !== "delete" || this.#model.textOf(argument) !== text)
    );
  }

  part(hop: PartHop<Flow>): Flow | undefined {
    const { state } = hop;
    switch (hop.type) {
      case "copy":
        return this.#isKeptBy(hop.by, state) ? state : undefined;
      case "member": {
        const shape = shapeOfMember(hop.name ?? "", hop.call !== undefined, state);
        return shape === undefined ? undefined : this.flow(state.read, shape, state.stored);
      }
      case "call": {
        const { callee } = hop.call.type === "CallExpression" ? hop.call : { callee: undefined };
        const isOwn = callee?.type === "MemberExpression" && callee === hop.node;
        return isOwn && SHOWING_METHODS.has(staticName(callee) ?? "") ? state : undefined;
      }
      case "element":
        return undefined;
    }
  }

  /** False for `{ ...entry, value: "***" }` and `{ value, ...entry } = …`, where the copy is without the secret. */
  #isKeptBy(copy: Node, { shape }: Flow): boolean {
    const around = this.#model.parentOf(copy);
    const isObject = around?.type === "ObjectExpression" || around?.type === "ObjectPattern";
    const list: readonly Node[] = isObject ? around.properties : [];
    const others =
      copy.type === "SpreadElement" ? list.slice(list.indexOf(copy) + 1) : list.filter((each) => each !== copy);
    return others.every((property) => property.type === "Property" && !mayReplace(staticName(property), shape));
  }
}

/** True for a member that may stand in the place of what is secret in a copy. */
function mayReplace(name: string | undefined, shape: Flow["shape"]): boolean {
  switch (shape) {
    case "entry":
      return (name ?? "value") === "value";
    case "text":
      return name === undefined || isSecretName(name);
    default:
      return true;
  }
}

/** What a member is: of an object that is a secret, only what is called a secret is one. */
function shapeOfMember(name: string, isCalled: boolean, { read, shape }: Flow): Flow["shape"] | undefined {
  switch (shape) {
    case "entry":
      return name === "value" ? "text" : undefined;
    case "input":
      return name === "headers" ? "headers" : undefined;
    case "headers":
      return isSecretName(name) || CREDENTIAL_HEADERS.has(name.toLowerCase()) ? "text" : undefined;
    case "text":
      return (isCalled ? TEXT_METHODS.has(name) : read !== undefined && isSecretName(name)) ? "text" : undefined;
    case "address":
    case "query":
    case "fields":
      return shapeOfCarried(shape, name);
  }
}

function isEmpty(value: Node | null | undefined): boolean {
  return !value || isNullish(value) || (value.type === "Literal" && value.value === "");
}
