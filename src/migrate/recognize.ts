import { basename } from "node:path";

import { isFunctionFileName } from "../platform/function-files.ts";
import { modernToolbelt } from "../platform/toolbelt.ts";

/** Whether a path is that of a unit test or a mock by its name. These are not functions, though they may look like one. */
export function isTest(path: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$|[\\/]__(?:tests|mocks)__[\\/]/u.test(path);
}

/**
 * Whether a text may hold a V1 function: it names the V1 toolbelt or `lambda`, or exports something as a whole. Cheap and
 * generous: the migration looks closer, and what it finds nothing in is passed over unless {@link showsFunction} holds.
 */
export function mayHoldFunction(text: string): boolean {
  return (
    text.includes("lp-faas-toolbelt") ||
    (text.length <= MAX_CODE && ["lambda", "module.exports"].some((word) => text.includes(word))) ||
    showsFunction(text)
  );
}

/** The characters that the platform takes for one function: what is longer, such as a bundle, is none. */
const MAX_CODE = 100_000;

/**
 * Whether a text looks like a V1 function: it names the V1 toolbelt, or has a `lambda` that is exported the CommonJS way
 * or takes two parameters. Such a file is told of, even if there is nothing to migrate or it does not parse.
 */
export function showsFunction(text: string): boolean {
  if (text.includes("lp-faas-toolbelt")) return true;
  if (!text.includes("lambda")) return false;
  return isExported(text) || hasTwoParameters(text);
}

/** Whether a text of this path looks like a V2 function. There is nothing to migrate in it, but it counts. */
export function showsModernFunction(path: string, text: string): boolean {
  const isPlaced = isFunctionFileName(basename(path)) || text.includes(modernToolbelt);
  return isPlaced && text.length <= MAX_CODE && /\bfunction\s+lambda\b|\blambda\s*=[^=]/u.test(text);
}

function isExported(text: string): boolean {
  const lists = [...text.matchAll(/exports\s*=\s*\{(?<list>[^}]*)/gu)];
  return (
    /exports\s*(?:\.\s*lambda\b|\[\s*["'`]lambda\b)/u.test(text) ||
    lists.some(({ groups }) => /\blambda\b/u.test(groups?.["list"] ?? ""))
  );
}

/** The list need not follow the name at once: `lambda = async function (input, callback)`. */
function hasTwoParameters(text: string): boolean {
  return [...text.matchAll(/\blambda\b/gu)].some(({ index }) => {
    const [before] = /^[^;(]*\(/u.exec(text.slice(index, index + REACH)) ?? [];
    const start = index + (before?.length ?? 0);
    return before !== undefined && /^[^;)]*,/u.test(text.slice(start, start + REACH));
  });
}

/** How many characters lie at most between a name and its list of parameters, and in that list. */
const REACH = 200;
