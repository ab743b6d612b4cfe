import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import { stringOf } from "../values/constants.ts";
import { canBeCertain, findKey, findSecretValue, isOneWord } from "./classify.ts";
import type { SecretFinding } from "./classify.ts";
import { goalsOf } from "./goals.ts";

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

/** A cheap look: a word that is certainly no secret is one at most where a name, or a call that takes one, says password. */
const NAMES_PASSWORD = /pass|pwd|login|crypto|jsonwebtoken|jw[st]/iu;

/** Stands for what is known at run time only; no detector takes it for a part of a secret. */
const HOLE = "${x}";

/**
 * Finds secrets that are written out in a file: by the form of their provider wherever they stand, and by the names
 * that their values go to. Constants are followed to where they are used.
 *
 * @param isPossibleWanted whether what may be a secret is wanted as well: hardly any text can certainly be one, so that
 *   without it hardly any has to be followed
 */
export function findHardcodedSecrets(model: Model, isPossibleWanted: boolean): HardcodedSecret[] {
  const isAnyWanted = isPossibleWanted && NAMES_PASSWORD.test(model.text);
  return textsOf(model).flatMap(({ node, text, isWhole }) => {
    const range = rangeOf(node);
    const certain = findSecretValue(undefined, text);
    const isFollowed = isWhole && isOneWord(text) && (isAnyWanted || canBeCertain(text));
    if (certain !== undefined || !isFollowed) {
      return certain === undefined ? [] : [{ ...certain, range }];
    }
    const goals = goalsOf(model, [node]);
    const findings = goals.isSecretName ? [] : goals.names.flatMap((name) => findSecretValue(name, text) ?? []);
    const key = goals.isKey ? findKey(text) : undefined;
    if (key !== undefined && !goals.isSecretName) {
      return [{ ...key, range }];
    }
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
  return [...single, ...joined, ...model.nodes("CallExpression").flatMap((call) => builtTextOf(model, call) ?? [])];
}

/** A text that a call makes of texts: the lines of `[…].join("\n")`, and what `btoa` or a Buffer writes in Base64. */
function builtTextOf(model: Model, call: ESTree.SimpleCallExpression): WrittenText | undefined {
  const { callee } = call;
  const [first] = call.arguments;
  const list = callee.type === "MemberExpression" && staticName(callee) === "join" ? callee.object : undefined;
  if (list?.type === "ArrayExpression") {
    const parts = list.elements.map((element) => (element === null ? undefined : textOf(element)));
    const separator = first === undefined ? "," : textOf(first).text;
    const text = parts.map((part) => part?.text ?? HOLE).join(separator);
    return { node: list, text, isWhole: parts.every((part) => part?.isWhole === true) };
  }
  const encoded = encodedBy(model, call);
  const written = encoded === undefined ? undefined : stringOf(model, encoded);
  return encoded !== undefined && written !== undefined
    ? { node: encoded, text: `Basic ${Buffer.from(written).toString("base64")}`, isWhole: true }
    : undefined;
}

/** What `btoa(text)` or `Buffer.from(text).toString("base64")` encodes. */
function encodedBy(model: Model, { callee, arguments: [first] }: ESTree.SimpleCallExpression): Node | undefined {
  if (globalPath(model, callee) === "btoa") {
    return first;
  }
  const made = callee.type === "MemberExpression" && staticName(callee) === "toString" ? callee.object : undefined;
  const isBase64 = first?.type === "Literal" && /^base64/u.test(String(first.value));
  return isBase64 && made?.type === "CallExpression" && globalPath(model, made.callee) === "Buffer.from"
    ? made.arguments[0]
    : undefined;
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
