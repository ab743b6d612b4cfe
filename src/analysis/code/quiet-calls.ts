import type * as ESTree from "estree";
import { listMethods } from "./builtins.ts";
import { callSiteOf } from "./functions.ts";
import type { Model } from "./model.ts";
import { globalPath, importedPath } from "./names.ts";
import { staticName, walk } from "./tree.ts";
import type { FunctionNode } from "./tree.ts";

/** Functions of the language that give a value and do nothing else. */
const FUNCTIONS =
  /^(?:console|Array|BigInt|Boolean|Buffer|Date|JSON|Math|Number|Object|Reflect|String|Symbol|URL)(?:\.\w+)?$|^(?:atob|btoa|(?:de|en)codeURI(?:Component)?|isFinite|isNaN|parseFloat|parseInt|performance\.now|structuredClone|crypto\.randomUUID)$/u;

/** Classes whose instances do nothing by being made. */
const CLASSES = /^(?:Array|Date|Error|Headers|Map|Number|Set|String|URL|URLSearchParams|WeakMap|WeakSet|\w+Error)$/u;

/** Methods of texts, maps, sets and dates, besides those of lists. */
const METHODS: ReadonlySet<string> = new Set(
  (
    "add append charAt charCodeAt clear codePointAt delete endsWith entries fill forEach get getTime has localeCompare " +
    "match matchAll normalize padEnd padStart push repeat replace replaceAll search set split startsWith substr " +
    "substring test toFixed toISOString toJSON toLocaleString toLowerCase toString toUpperCase trim trimEnd trimStart " +
    "unshift valueOf"
  ).split(" "),
);

/**
 * True for a call that neither waits for anything nor reaches out of the file: of the language, of `console`, of a
 * method of texts, lists and maps, and of functions of the file that do nothing else.
 */
export function isQuietCall(
  model: Model,
  call: ESTree.SimpleCallExpression | ESTree.NewExpression,
  seen: ReadonlySet<FunctionNode> = new Set(),
): boolean {
  const { callee } = call;
  const path = globalPath(model, callee);
  if (path !== undefined) {
    return (call.type === "NewExpression" ? CLASSES : FUNCTIONS).test(path);
  }
  const site = call.type === "CallExpression" ? callSiteOf(model, call) : undefined;
  if (site !== undefined) {
    return !seen.has(site.node) && isQuietFunction(model, site.node, new Set([...seen, site.node]));
  }
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  return (METHODS.has(name) || listMethods.has(name)) && importedPath(model, callee) === undefined;
}

function isQuietFunction(model: Model, node: FunctionNode, seen: ReadonlySet<FunctionNode>): boolean {
  let isQuiet = node.async !== true && node.generator !== true;
  walk(node.body, (part) => {
    isQuiet &&=
      part.type !== "ThrowStatement" &&
      part.type !== "TaggedTemplateExpression" &&
      ((part.type !== "CallExpression" && part.type !== "NewExpression") || isQuietCall(model, part, seen));
    return isQuiet;
  });
  return isQuiet;
}
