import type * as ESTree from "estree";
import { keptMethods } from "../../platform/console.ts";
import { globalPath, importedPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import type { Model } from "../code/model.ts";
import { followConstant, stringOf } from "../values/constants.ts";
import { valuesOf } from "../values/values-of.ts";
import { originsOf } from "../values/origins.ts";

/** A log whose text has something in it that differs from entry to entry. */
export interface MixedLog {
  readonly call: ESTree.SimpleCallExpression;
  /** The first argument: the text. */
  readonly message: Node;
  /** The part of the text that holds a caught error, as `error.message` or `String(error)`; undefined for other data. */
  readonly error: Node | undefined;
  /** The first part of the text that is no constant. */
  readonly value: Node;
  /** The text in front of a value, and the value, when the message is nothing else. */
  readonly parts: { readonly text: string; readonly value: Node } | undefined;
}

/** Functions that make a text of what they get. */
const TEXT_FUNCTIONS: ReadonlySet<string> = new Set(["String", "JSON.stringify"]);

/** A text that is put together, as its parts: constant text, and expressions. */
function partsOf(model: Model, node: Node): (string | Node)[] {
  if (node.type === "TemplateLiteral") {
    return node.quasis.flatMap(({ value }, index) => {
      const expression = node.expressions[index];
      const text = value.cooked ?? "";
      return expression === undefined ? [text] : [text, ...partsOf(model, expression)];
    });
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return [...partsOf(model, node.left), ...partsOf(model, node.right)];
  }
  if (node.type === "CallExpression") {
    const joined = joinedParts(model, node);
    if (joined !== undefined) {
      return joined;
    }
  }
  const [value, ...others] = valuesOf(model, node);
  const isNumber = value?.kind === "number" && value.value !== undefined && others.length === 0;
  return [isNumber ? String(value.value) : (stringOf(model, node) ?? node)];
}

/** What `"…".concat(…)`, `[…].join(" ")` and `format("…", …)` of `util` put together; undefined for other calls. */
function joinedParts(
  model: Model,
  { callee, arguments: given }: ESTree.SimpleCallExpression,
): (string | Node)[] | undefined {
  const [first] = given;
  const path = importedPath(model, callee);
  const isFormat = path !== undefined && /^(?:node:)?util$/u.test(path.source) && path.path.at(-1) === "format";
  if (isFormat && first !== undefined) {
    return given.flatMap((part) => partsOf(model, part));
  }
  if (callee.type !== "MemberExpression") {
    return undefined;
  }
  const { object } = callee;
  switch (staticName(callee)) {
    case "concat":
      return isText(model, object) ? [object, ...given].flatMap((part) => partsOf(model, part)) : undefined;
    case "join": {
      const between = first === undefined ? [","] : partsOf(model, first);
      return object.type === "ArrayExpression"
        ? object.elements.flatMap((element, index) => [
            ...(index > 0 ? between : []),
            ...(element === null ? [] : partsOf(model, element)),
          ])
        : undefined;
    }
    default:
      return undefined;
  }
}

function isText(model: Model, node: Node): boolean {
  return valuesOf(model, node).every(({ kind }) => kind === "text");
}

/** What a text shows: `error` of `String(error)`, `error.toString()` and `JSON.stringify(error)`. */
function shownIn(model: Model, node: Node): Node {
  if (node.type !== "CallExpression") {
    return node;
  }
  const { callee } = node;
  if (callee.type === "MemberExpression" && staticName(callee) === "toString") {
    return callee.object;
  }
  const [shown] = node.arguments;
  return shown !== undefined && TEXT_FUNCTIONS.has(globalPath(model, callee) ?? "") ? shown : node;
}

/** True for a caught error, and for what is taken out of one, also where a function of the file gets it. */
function isOfCaught(model: Model, node: Node): boolean {
  const origins = originsOf(model, shownIn(model, node));
  return origins.some((origin) => {
    if (origin.kind !== "part") {
      return origin.kind === "unknown" && origin.why === "caught";
    }
    // What is made of an error is something else: `error.messages.find(…)`.
    return origin.of !== node && origin.of.type === "Identifier" && isOfCaught(model, origin.of);
  });
}

/** The expressions that a message may be: the branches of a condition, and what the calls of a function give it. */
function textsOf(model: Model, message: Node): Node[] {
  const text = followConstant(model, message);
  if (text.type === "ConditionalExpression") {
    return [text.consequent, text.alternate].flatMap((branch) => textsOf(model, branch));
  }
  const isParameter = text.type === "Identifier" && model.variableOf(text)?.defs[0]?.type === "Parameter";
  const given = isParameter
    ? originsOf(model, text).flatMap(({ kind, node }) => (kind === "made" && node !== text ? [node] : []))
    : [];
  return [text, ...given];
}

/** Finds the log entries whose text is put together of constant text and of what differs. */
export function findMixedLogs(model: Model): MixedLog[] {
  return findConsoleCalls(model).flatMap(({ call, method }): MixedLog[] => {
    const [message] = call.arguments;
    if (!keptMethods.has(method) || message === undefined || message.type === "SpreadElement") {
      return [];
    }
    const found = textsOf(model, message).flatMap((text) => mixedLog(model, call, message, text) ?? []);
    return found.slice(0, 1).map((first) => found.find(({ error }) => error !== undefined) ?? first);
  });
}

function mixedLog(model: Model, call: ESTree.SimpleCallExpression, message: Node, text: Node): MixedLog | undefined {
  const parts = partsOf(model, text).filter((part) => part !== "");
  const values = parts.filter((part) => typeof part !== "string");
  const [value] = values;
  // Alone, a value is the message.
  if (value === undefined || values.length === parts.length) {
    return undefined;
  }
  const words = parts.filter((part) => typeof part === "string").join("");
  const isAlone = values.length === 1 && parts.at(-1) === value && call.arguments.length === 1;
  // What has `%s` in it is not a text for people.
  const isPlain = isAlone && text === message && !(text.type === "CallExpression" && words.includes("%"));
  const error = values.find((each) => isOfCaught(model, each));
  return { call, message, error, value, parts: isPlain ? { text: words, value } : undefined };
}
