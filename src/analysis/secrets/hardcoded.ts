import type * as ESTree from "estree";
import { isConstant } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import type { SameHop, TraceEvent } from "../values/trace-events.ts";
import { trace } from "../values/trace.ts";
import { findSecretValue, isOneWord } from "./classify.ts";
import type { SecretFinding } from "./classify.ts";
import { isSecretCall, isWrittenEntry, methodOf } from "./entries.ts";

/** A secret that is written out in the file. */
export interface HardcodedSecret extends SecretFinding {
  readonly range: Range;
}

/** A text that is written out, and the expression that it makes up. */
interface WrittenText {
  readonly node: Node;
  readonly text: string;
  /** False when a part of it is known at run time only. */
  readonly isWhole: boolean;
}

/** Stands for what is known at run time only; no detector takes it for a part of a secret. */
const HOLE = "${x}";
/** Calls that take a name and the value that it gets: of Headers, URLSearchParams, Map. */
const SETTERS: ReadonlySet<string> = new Set(["set", "append", "setHeader", "header"]);

/**
 * Finds secrets that are written out in a file: by the form of their provider wherever they stand, and by the names
 * that their values go to. Constants are followed to where they are used.
 */
export function findHardcodedSecrets(model: Model): HardcodedSecret[] {
  return textsOf(model).flatMap(({ node, text, isWhole }) => {
    const range = rangeOf(node);
    const certain = findSecretValue(undefined, text);
    if (certain !== undefined || !isWhole || !isOneWord(text)) {
      return certain === undefined ? [] : [{ ...certain, range }];
    }
    const goals = goalsOf(model, node);
    const findings = goals.isSecretName ? [] : goals.names.flatMap((name) => findSecretValue(name, text) ?? []);
    const best = findings.find(({ confidence }) => confidence === "certain") ?? findings[0];
    return best === undefined ? [] : [{ ...best, range }];
  });
}

/** All texts of the file: strings, templates, and what `+` puts together. */
function textsOf(model: Model): WrittenText[] {
  const joined = model
    .nodes("BinaryExpression")
    .filter((node) => node.operator === "+" && !isConcatenation(model.parentOf(node)))
    .map((node) => textOf(node))
    .filter(({ text }) => text !== HOLE);
  const single = [...model.nodes("Literal"), ...model.nodes("TemplateLiteral")]
    .filter((node) => !isConcatenation(model.parentOf(node)) && isText(node))
    .map((node) => textOf(node));
  return [...single, ...joined];
}

function isConcatenation(node: Node | null): boolean {
  return node?.type === "BinaryExpression" && node.operator === "+";
}

function isText(node: ESTree.Literal | ESTree.TemplateLiteral): boolean {
  return node.type === "TemplateLiteral" || typeof node.value === "string";
}

function textOf(node: Node): WrittenText {
  if (node.type === "Literal" && typeof node.value === "string") {
    return { node, text: node.value, isWhole: true };
  }
  if (node.type === "TemplateLiteral") {
    const text = node.quasis.map(({ value }) => value.cooked ?? value.raw).join(HOLE);
    return { node, text, isWhole: node.expressions.length === 0 };
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const parts = [textOf(node.left), textOf(node.right)];
    const isWhole = parts.every((part) => part.isWhole);
    return { node, text: parts.map(({ text }) => text).join(""), isWhole };
  }
  return { node, text: HOLE, isWhole: false };
}

/** What a value is for: the names that it is given on its way, and whether it says which secret to read. */
interface Goals {
  readonly names: readonly string[];
  readonly isSecretName: boolean;
}

function goalsOf(model: Model, node: Node): Goals {
  const events = [...trace<"text">(model, [{ node, state: "text" }], { same: (hop) => isSameText(hop) })];
  return {
    names: events.flatMap((event) => namesBy(model, event)),
    isSecretName: events.some((event) => isNamingSecret(model, event)),
  };
}

/** Constants, choices, and arguments are followed. */
function isSameText(hop: SameHop<"text">): "text" | undefined {
  const isFollowed = hop.type === "bind" ? isConstant(hop.variable) : hop.type === "choice" || hop.type === "pass";
  return isFollowed ? "text" : undefined;
}

type Event = TraceEvent<"text">;

function namesBy(model: Model, event: Event): string[] {
  const parent = model.parentOf(event.node);
  const names = (...all: readonly (string | undefined)[]): string[] => all.flatMap((name) => name ?? []);
  switch (event.type) {
    case "bind": {
      // `{ apiKey: key = "…" }`
      const property = parent?.type === "AssignmentPattern" ? model.parentOf(parent) : null;
      return names(event.target.name, property?.type === "Property" ? staticName(property) : undefined);
    }
    case "hold":
      return names(event.step.startsWith(".") ? event.step.slice(1) : undefined, entryName(model, parent));
    case "choice":
      return names(
        event.by.type === "LogicalExpression" && event.by.right === event.node ? nameOf(event.by.left) : undefined,
      );
    case "compare":
      return parent?.type === "BinaryExpression" ? names(...event.others.map((other) => nameOf(other))) : [];
    case "convert":
      return names(schemeName(textBefore(event.by, event.node)));
    case "escape":
      return names(nameGivenFirst(parent, event.node));
    default:
      return [];
  }
}

/** `{ name: "x-api-key", value: "…" }` */
function entryName(model: Model, property: Node | null): string | undefined {
  const holder = property === null ? null : model.parentOf(property);
  if (property?.type !== "Property" || holder?.type !== "ObjectExpression" || staticName(property) !== "value") {
    return undefined;
  }
  const sibling = holder.properties.find(
    (other) => other.type === "Property" && /^(?:key|name|header)$/iu.test(staticName(other) ?? ""),
  );
  return sibling?.type === "Property" ? literalOf(sibling.value) : undefined;
}

/** The text in front of a value that is put into another. */
function textBefore(whole: Node, node: Node): string | undefined {
  if (whole.type === "TemplateLiteral") {
    return whole.quasis[whole.expressions.findIndex((part) => part === node)]?.value.raw;
  }
  return whole.type === "BinaryExpression" && whole.operator === "+" && whole.right === node
    ? literalOf(whole.left)
    : undefined;
}

/** `headers.set("x-api-key", "…")` */
function nameGivenFirst(call: Node | null, node: Node): string | undefined {
  const [first, second] = call?.type === "CallExpression" ? call.arguments : [];
  return first !== undefined && second === node && SETTERS.has(methodOf(call) ?? "") ? literalOf(first) : undefined;
}

function isNamingSecret(model: Model, event: Event): boolean {
  const parent = model.parentOf(event.node);
  if (event.type === "escape") {
    return isSecretCall(parent);
  }
  const name = event.type === "hold" && parent?.type === "Property" ? (staticName(parent) ?? "") : "";
  return name.endsWith("SecretName") || (name === "key" && parent !== null && isWrittenEntry(model, parent));
}

function literalOf(node: Node): string | undefined {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** The name of a variable or of a member. */
function nameOf(node: Node): string | undefined {
  if (node.type === "ChainExpression") {
    return nameOf(node.expression);
  }
  if (node.type === "Identifier") {
    return node.name;
  }
  return node.type === "MemberExpression" ? staticName(node) : undefined;
}

/** What a text in front says of the value behind it: `Bearer …`, `?api_key=…`. */
function schemeName(before: string | undefined): string | undefined {
  if (before === undefined || /(?:^|\s)(?:Bearer|Token|ApiKey) $/iu.test(before)) {
    return before === undefined ? undefined : "token";
  }
  return /(?:^|[?&;\s])(?<name>[\w-]+)=$/u.exec(before)?.groups?.["name"];
}
