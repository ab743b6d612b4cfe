import type * as ESTree from "estree";
import { calledMethodOf } from "../code/called.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import type { TraceEvent } from "../values/trace-events.ts";
import { caughtPatterns, errorEvents } from "./error-trail.ts";

/** A place that finds something else in an error of a request than in V1. */
export interface LostMember {
  readonly node: Node;
  /**
   * `read`: a member that only V1's errors have, or that has another value · `text`: it is compared with a text of V1's
   * errors · `listed`: all its fields go along.
   */
  readonly kind: "read" | "text" | "listed";
  /** How the place reads, for a sentence. */
  readonly shown: string;
}

/** Texts and codes that only errors of the V1 client have. Source: request-promise-core, errors.js; request, request.js. */
const TEXT_OF_V1 =
  /Socket is closed|socket hang up|ERR_SOCKET_CLOSED|E(?:SOCKET)?TIMEDOUT|ECONN(?:RESET|REFUSED|ABORTED)|ENOTFOUND|EAI_AGAIN|^(?:Request|Transform)Error$|^Error: (?:connect|getaddrinfo|socket) /u;

/** Members that are not there any more, at least where a connection failed. */
const LOST = new Set(["constructor", "error", "options"]);

/** Members that V1's errors had, whatever they held. */
const ASKED = new Set(["cause", "error", "options", "response"]);

/** Members of V1's response that are not there any more. */
const LOST_OF_RESPONSE = new Set(["request", "toJSON"]);

/** Methods of a pattern that look through a text. */
const SEARCHES = /^(?:exec|test)$/u;

/** Finds the places that lose something of what errors of requests held in V1. */
export function findLostMembers(model: Model): readonly LostMember[] {
  const finder = new LostMemberFinder(model);
  for (const event of errorEvents(model)) {
    finder.visit(event);
  }
  for (const pattern of caughtPatterns(model)) {
    finder.visitPattern(pattern);
  }
  finder.visitTexts();
  return finder.found;
}

class LostMemberFinder {
  readonly #model: Model;
  readonly #found = new Map<Node, LostMember>();

  constructor(model: Model) {
    this.#model = model;
  }

  get found(): readonly LostMember[] {
    return [...this.#found.values()];
  }

  visit(event: TraceEvent<"error">): void {
    switch (event.type) {
      case "member":
        if (event.path.length === 0) {
          this.#visitMember(event.member, event.name);
        }
        break;
      case "copy":
      case "enumerate":
        this.#add("listed", event.node);
        break;
      case "convert":
        if (isCallOf(this.#model, event.by, "JSON.stringify")) {
          this.#add("listed", event.node);
        }
        break;
      case "hold":
        if (event.path.length === 0 && this.#isSerialised(event.holder)) {
          this.#add("listed", event.node);
        }
        break;
      case "compare":
        if (this.#isToldApart(event.operator, event.others)) {
          this.#add("read", this.#model.parentOf(event.node) ?? event.node);
        }
        break;
      case "test":
        if (isCallOf(this.#model, event.by, "Object.hasOwn")) {
          this.#add("listed", event.by);
        }
        break;
      case "escape":
        if (
          event.reason === "returned" ||
          (event.reason === "argument" && !this.#isReported(event.node, event.path.length === 0))
        ) {
          this.#add("listed", event.node);
        }
        break;
      default:
    }
  }

  /** `error instanceof TypeError`, `"options" in error` */
  #isToldApart(operator: string, others: readonly Node[]): boolean {
    return others.some((other) =>
      operator === "in"
        ? other.type === "Literal" && ASKED.has(String(other.value))
        : operator === "instanceof" && this.#model.isGlobal(other, "TypeError"),
    );
  }

  /** `catch ({ error, options })` */
  visitPattern(pattern: Node): void {
    for (const property of pattern.type === "ObjectPattern" ? pattern.properties : []) {
      if (property.type === "Property") {
        this.#visitMember(property, staticName(property));
      } else {
        this.#add("listed", property);
      }
    }
  }

  visitTexts(): void {
    for (const literal of this.#model.nodes("Literal")) {
      const text = "regex" in literal ? literal.regex.pattern : literal.value;
      if (typeof text === "string" && TEXT_OF_V1.test(text)) {
        this.#add("text", literal);
      }
    }
  }

  #visitMember(member: ESTree.MemberExpression | ESTree.Property, name: string | undefined): void {
    const parent = this.#model.parentOf(member);
    const next =
      parent?.type === "MemberExpression" && parent.object === member ? (staticName(parent) ?? "") : undefined;
    const isLost =
      LOST.has(name ?? "") ||
      (name === "cause" && (next !== undefined || member.type === "Property")) ||
      (name === "response" && LOST_OF_RESPONSE.has(next ?? "")) ||
      (name === "stack" && this.#isSearched(member));
    if (name === "hasOwnProperty") {
      this.#add("listed", member);
    } else if (isLost) {
      this.#add("read", next === undefined || parent === null ? member : parent);
    }
  }

  /** `error.stack.startsWith(…)`, `/…/.test(error.stack)`: V1's began with the name of the error. */
  #isSearched(stack: Node): boolean {
    const call = this.#model.parentOf(stack);
    const isTested =
      call?.type === "CallExpression" &&
      call.callee.type === "MemberExpression" &&
      SEARCHES.test(staticName(call.callee) ?? "");
    return (
      calledMethodOf(this.#model, stack) !== undefined ||
      isTested ||
      (call?.type === "BinaryExpression" && call.operator !== "+")
    );
  }

  /** `JSON.stringify({ error })` */
  #isSerialised(holder: Node): boolean {
    const parent = this.#model.parentOf(holder);
    if (parent?.type === "Property" || parent?.type === "ObjectExpression" || parent?.type === "ArrayExpression") {
      return this.#isSerialised(parent);
    }
    return parent !== null && isCallOf(this.#model, parent, "JSON.stringify");
  }

  /** What takes an error first takes it for one: callbacks, `reject`, functions that report it. All others may list it. */
  #isReported(node: Node, isItself: boolean): boolean {
    const call = this.#model.parentOf(node);
    const isFirst = isItself && call?.type === "CallExpression" && call.arguments[0] === node;
    return isFirst && globalPath(this.#model, call.callee) !== "Object.prototype.hasOwnProperty.call";
  }

  #add(kind: LostMember["kind"], node: Node): void {
    if (!this.#found.has(node)) {
      this.#found.set(node, { kind, node, shown: this.#model.textOf(node).split("\n")[0] ?? "" });
    }
  }
}
