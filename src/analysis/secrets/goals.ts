import type * as ESTree from "estree";
import { isConstant } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { globalPath, importedPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { PartHop, SameHop, TraceEvent } from "../values/trace-events.ts";
import { trace } from "../values/trace.ts";
import { isSecretName } from "./classify.ts";
import { isSecretCall, isWrittenEntry, methodOf } from "./entries.ts";

/** Calls that take a name and the value that it gets: of Headers, URLSearchParams, Map. */
const SETTERS: ReadonlySet<string> = new Set(["set", "append", "setHeader", "header"]);
/** Functions that give their argument in another form. */
const FORMS: ReadonlySet<string> = new Set(["Buffer.from", "String", "btoa", "encodeURIComponent"]);

/** Functions of packages whose second argument is a key or a password. Source: their documentation. */
const KEYED_FUNCTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["crypto", new Set(["createHmac", "createCipheriv", "createDecipheriv", "scryptSync", "pbkdf2Sync"])],
  ["jsonwebtoken", new Set(["sign", "verify"])],
  ["jws", new Set(["sign"])],
  ["jwt-simple", new Set(["encode", "decode"])],
]);

/** What a value is for: the names that it is given on its way, and whether it says which secret to read. */
export interface Goals {
  readonly names: readonly string[];
  readonly isSecretName: boolean;
  /** True for what a function takes for a password or a key: `login(user, "…")`, `{ user, pass: "…" }`. */
  readonly isKey: boolean;
}

/** What the value that some expressions give is for. */
export function goalsOf(model: Model, nodes: readonly Node[]): Goals {
  return goalsIn(model, [...trace<"text">(model, startsAt(nodes), { same: isSameText })]);
}

/** The same, also of the texts that the value is put into. */
export function goalsInTexts(model: Model, nodes: readonly Node[]): Goals {
  const events: Event[] = [];
  const seen = new Set<Node>();
  for (let starts = [...nodes]; starts.length > 0;) {
    const found = [...trace<"text">(model, startsAt(starts), { same: isSameText, part: isForm })];
    events.push(...found);
    starts = found.flatMap((event) => textAround(model, event) ?? []).filter((node) => !seen.has(node));
    starts.forEach((node) => seen.add(node));
  }
  return goalsIn(model, events);
}

function startsAt(nodes: readonly Node[]) {
  return nodes.map((node) => ({ node, state: "text" as const }));
}

function goalsIn(model: Model, events: readonly Event[]): Goals {
  return {
    names: events.flatMap((event) => namesBy(model, event)),
    isSecretName: events.some((event) => isNamingSecret(model, event)),
    isKey: events.some((event) => isKeyBy(model, event)),
  };
}

/** Constants, choices, and arguments are followed. */
function isSameText(hop: SameHop<"text">): "text" | undefined {
  const isFollowed = hop.type === "bind" ? isConstant(hop.variable) : hop.type === "choice" || hop.type === "pass";
  return isFollowed ? "text" : undefined;
}

/** `text.trim()`, `buffer.toString("base64")` */
function isForm(hop: PartHop<"text">): "text" | undefined {
  const isMethod =
    hop.type === "member" &&
    hop.call !== undefined &&
    /^(?:concat|replace(?:All)?|toString|trim(?:End|Start)?)$/u.test(hop.name ?? "");
  return hop.type === "call" || isMethod ? "text" : undefined;
}

type Event = TraceEvent<"text">;

/** The text that a value is put into; of `${user}:${password}` the user is no part that matters. */
function textAround(model: Model, event: Event): Node | undefined {
  const { node } = event;
  const parent = model.parentOf(node);
  if (parent?.type === "TemplateLiteral") {
    const index = parent.expressions.findIndex((part) => part === node);
    return parent.quasis[index + 1]?.value.raw.startsWith(":") === true ? undefined : parent;
  }
  if (parent?.type === "BinaryExpression" && parent.operator === "+") {
    return isInFrontOfColon(model, node) ? undefined : parent;
  }
  const isForm = parent?.type === "CallExpression" && FORMS.has(globalPath(model, parent.callee) ?? "");
  return isForm && parent.arguments[0] === node ? parent : undefined;
}

/** `user` in `user + ":" + password`, and in `"Basic " + user + ":" + password`. */
function isInFrontOfColon(model: Model, node: Node): boolean {
  const sum = model.parentOf(node);
  const whole = sum?.type === "BinaryExpression" && sum.right === node ? model.parentOf(sum) : sum;
  const left = whole === sum ? node : sum;
  return whole?.type === "BinaryExpression" && whole.left === left && literalOf(whole.right)?.startsWith(":") === true;
}

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
      return names(
        event.step.startsWith(".") ? event.step.slice(1) : undefined,
        /^\.pass(?:code)?$/iu.test(event.step) ? "password" : undefined,
        entryName(model, parent),
        isMapEntry(parent, event.node) ? "token" : undefined,
        nameGivenFirst(parent, event.node),
      );
    case "choice":
      return names(
        event.by.type === "LogicalExpression" && event.by.right === event.node ? nameOf(event.by.left) : undefined,
      );
    case "compare":
      return parent?.type === "BinaryExpression" ? names(...event.others.map((other) => nameOf(other))) : [];
    case "convert":
      return names(schemeName(textBefore(event.by, event.node)));
    case "escape":
      return names(nameGivenFirst(parent, event.node), isKey(model, parent, event.node) ? "password" : undefined);
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

function isKeyBy(model: Model, event: Event): boolean {
  const parent = model.parentOf(event.node);
  if (event.type === "escape") {
    return isKey(model, parent, event.node);
  }
  if (isPasswordEntry(model, parent, event.node)) {
    return true;
  }
  const holder = event.type === "hold" && parent?.type === "Property" ? model.parentOf(parent) : null;
  const names = holder?.type === "ObjectExpression" ? holder.properties.map(nameOfProperty) : [];
  return (
    /^\.pass(?:word)?$/iu.test(event.type === "hold" ? event.step : "") &&
    names.some((name) => /^user(?:name)?$/iu.test(name))
  );
}

function nameOfProperty(property: ESTree.Property | ESTree.SpreadElement): string {
  return property.type === "Property" ? (staticName(property) ?? "") : "";
}

/** `["password", "…"]` beside `["user", "…"]` */
function isPasswordEntry(model: Model, entry: Node | null, node: Node): boolean {
  const [name, value] = entry?.type === "ArrayExpression" ? entry.elements : [];
  const list = entry === null ? null : model.parentOf(entry);
  const others = list?.type === "ArrayExpression" ? list.elements : [];
  return (
    value === node &&
    /^pass(?:word)?$/iu.test((name && literalOf(name)) ?? "") &&
    others.some((other) => {
      const key = other?.type === "ArrayExpression" ? other.elements[0] : undefined;
      return /^user(?:name)?$/iu.test((key && literalOf(key)) ?? "");
    })
  );
}

/** `["password", "…"]`, an entry of a Map */
function isMapEntry(list: Node | null, node: Node): boolean {
  const [name, value] = list?.type === "ArrayExpression" ? list.elements : [];
  return name !== null && name !== undefined && value === node && isSecretName(literalOf(name) ?? "");
}

/** `login(user, password)`, `createHmac("sha256", key)`, `sign(payload, key)` */
function isKey(model: Model, call: Node | null, node: Node): call is ESTree.SimpleCallExpression {
  if (call?.type !== "CallExpression" || call.arguments[1] !== node) {
    return false;
  }
  const { source = "", path = [] } = importedPath(model, call.callee) ?? {};
  const functions = KEYED_FUNCTIONS.get(source.replace(/^node:/u, ""));
  // `login` of a package; of a function of the file, the name of the parameter tells.
  const isLogin = methodOf(call) === "login" || path.at(-1) === "login" || model.isGlobal(call.callee, "login");
  return isLogin || functions?.has(path.at(-1) ?? "") === true;
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
