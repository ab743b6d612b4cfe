import type * as ESTree from "estree";
import { isFunction, isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { environmentOf } from "../runtime/environment.ts";
import type { Model } from "../code/model.ts";
import { globalPath, variableNamed } from "../code/names.ts";
import { constantOf, isConstant, readsOf } from "../code/bindings.ts";
import type { PartHop, TraceEvent } from "../values/trace-events.ts";
import { trace } from "../values/trace.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";
import { isSecretName, isSecretVariable } from "./classify.ts";
import { isWrittenEntry, methodOf } from "./entries.ts";
import { goalsInTexts } from "./goals.ts";

/** A read of an environment variable that holds a secret, by its name and by what the file does with it. */
export interface EnvironmentSecret {
  readonly name: string;
  /** What spells the name. */
  readonly key: Node;
  /** The whole `process.env.NAME`; undefined when a pattern takes the variable. */
  readonly member: ESTree.MemberExpression | undefined;
}

/** Texts that make a variable a switch: no secret looks like that. */
const SWITCHES: ReadonlySet<unknown> = new Set(["true", "false", "1", "0", "yes", "no", "on", "off"]);
const NUMBERS: ReadonlySet<string> = new Set(["Number", "parseInt", "parseFloat"]);
const ARITHMETIC: ReadonlySet<string> = new Set(["<", ">", "<=", ">=", "-", "*", "/", "%"]);

/**
 * The secrets that a file reads from its environment. A name like that of a secret is not enough: what is compared
 * with `"true"`, made a number, or names a secret of the secret storage, is none. Nor is what the file sets itself.
 */
export function findEnvironmentSecrets(model: Model): EnvironmentSecret[] {
  const uses = environmentOf(model)
    .uses.map((use) => ({ ...use, value: use.value ?? boundWithDefault(model, use.key) }))
    .filter(({ name, value }) => isSecretVariable(name) || (value !== undefined && isUsedAsSecret(model, name, value)));
  const others = new Set(
    uses
      .filter(({ value, isWrite }) => isWrite || (value !== undefined && isUsedOtherwise(model, value)))
      .map(({ name }) => name),
  );
  return uses
    .filter(({ name, value }) => value !== undefined && !others.has(name) && !isAskedFor(model, value))
    .map(({ name, key, value }) => ({ name, key, member: value?.type === "MemberExpression" ? value : undefined }));
}

/** Last words of names that say what a variable is, so that it is no secret wherever it goes. */
const PLAIN_NAME =
  /(?:^|_)(?:ENDPOINT|HEADER|HOST|ID|LENGTH|NAME|PATH|SCHEME|TTL|TYPE|URI|URL|USER|USERNAME)$|PUBLIC/iu;

/** True for a value that becomes a password, a key or the header of credentials. */
function isUsedAsSecret(model: Model, name: string, value: Node): boolean {
  if (PLAIN_NAME.test(name)) {
    return false;
  }
  const { names, isSecretName: isName } = goalsInTexts(model, readsOfValue(model, value));
  return !isName && names.some((goal) => isSecretName(goal) || /^authorization$/iu.test(goal));
}

/** The expressions that give the value: it stands there, or a constant holds it. */
function readsOfValue(model: Model, value: Node): readonly Node[] {
  const variable = value.type === "Identifier" ? constantOf(model, value) : undefined;
  return value.type !== "Identifier" ? [value] : variable === undefined ? [] : readsOf(variable);
}

/** True where the code only asks whether the variable is set: `if (!process.env.API_KEY)`. */
function isAskedFor(model: Model, value: Node): boolean {
  const parent = model.parentOf(value);
  switch (parent?.type) {
    case "UnaryExpression":
      return parent.operator === "!" || parent.operator === "typeof";
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === value;
    case "BinaryExpression": {
      const other = parent.left === value ? parent.right : parent.left;
      return (
        /^[!=]==?$/u.test(parent.operator) && (isNullish(other) || (other.type === "Literal" && other.value === ""))
      );
    }
    default:
      return false;
  }
}

/** What `{ NAME: bound = "…" }` binds. */
function boundWithDefault(model: Model, key: Node): Node | undefined {
  const property = model.parentOf(key);
  return property?.type === "Property" && property.value.type === "AssignmentPattern" ? property.value.left : undefined;
}

/** True when the use of a value shows that it is no secret: it is a switch, a number, or the name of a secret. */
function isUsedOtherwise(model: Model, value: Node): boolean {
  const events = trace<"value">(
    model,
    readsOfValue(model, value).map((node) => ({ node, state: "value" })),
    {
      same: (hop) => (hop.type === "bind" && !isConstant(hop.variable) ? undefined : hop.state),
      part: (hop) => (hop.type === "call" || isTextMethod(hop) ? hop.state : undefined),
    },
  );
  return [...events].some((event) => isOtherUse(model, event));
}

/** `process.env.MODE.toLowerCase()` */
function isTextMethod(hop: PartHop<"value">): boolean {
  return hop.type === "member" && hop.call !== undefined && /^(?:toLowerCase|toUpperCase|trim)$/u.test(hop.name ?? "");
}

function isOtherUse(model: Model, event: TraceEvent<"value">): boolean {
  const parent = model.parentOf(event.node);
  switch (event.type) {
    case "hold":
      return parent !== null && isNameProperty(model, parent);
    case "convert":
      return isNumber(model, event.by);
    case "compare":
      return event.others.some(isSwitch);
    case "escape":
      return /^(?:readSecret|parseInt|parseFloat)$/u.test(methodOf(parent) ?? "");
    default:
      return false;
  }
}

/** `appKeySecretName: …`, and the `key` of an entry that is written to the secret storage. */
function isNameProperty(model: Model, property: Node): boolean {
  const name = property.type === "Property" ? (staticName(property) ?? "") : "";
  return /Names?$/u.test(name) || (name === "key" && isWrittenEntry(model, property));
}

function isNumber(model: Model, node: Node): boolean {
  switch (node.type) {
    case "CallExpression":
      return NUMBERS.has(globalPath(model, node.callee) ?? "");
    case "BinaryExpression":
      return ARITHMETIC.has(node.operator);
    default:
      return node.type === "UnaryExpression" && (node.operator === "+" || node.operator === "-");
  }
}

function isSwitch(node: Node): boolean {
  return (
    node.type === "Literal" &&
    (typeof node.value === "number" || SWITCHES.has(String(node.value).toLowerCase())) &&
    typeof node.value !== "boolean"
  );
}

/**
 * The name of a SecretClient that can be asked at a place with `await`; undefined when the place is in no `async`
 * function, or when no client is in sight there.
 */
export function secretClientAt(model: Model, place: Node): string | undefined {
  if (!canAwait(model, place)) {
    return undefined;
  }
  const client = toolbeltUseOf(model).clients.find(({ factory, variable, call }) => {
    const isBefore = model.functionOf(call) === null || rangeOf(call)[1] < rangeOf(place)[0];
    return (
      factory === "SecretClient" &&
      variable !== undefined &&
      isBefore &&
      variableNamed(model, variable.name, place) === variable
    );
  });
  return client?.variable?.name;
}

/** True in the body of an `async` function, where no class of its own stands in between. */
function canAwait(model: Model, place: Node): boolean {
  let inner = place;
  for (let node = model.parentOf(place); node !== null; node = model.parentOf(node)) {
    if (node.type === "PropertyDefinition" || node.type === "StaticBlock") {
      return false;
    }
    if (isFunction(node)) {
      return node.async === true && node.body === inner;
    }
    inner = node;
  }
  return false;
}
