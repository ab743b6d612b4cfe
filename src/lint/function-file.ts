import type { SourceCode } from "eslint";
import { findHandler } from "../analysis/code/handler.ts";
import type { Handler } from "../analysis/code/handler.ts";
import { nodeTooDeep } from "../analysis/code/depth.ts";
import { createModel } from "../analysis/code/model.ts";
import { findHiddenHandler } from "../analysis/code/hidden-handler.ts";
import type { HiddenHandler } from "../analysis/code/hidden-handler.ts";
import type { Model } from "../analysis/code/model.ts";
import { parsedElsewhere, parseSource, SourceSyntaxError } from "../analysis/code/parse.ts";
import type { ParsedSource } from "../analysis/code/parse.ts";
import { runtimeOf } from "../analysis/runtime/which-runtime.ts";
import type { Runtime } from "../analysis/runtime/which-runtime.ts";
import { legacyToolbelt, modernToolbelt } from "../platform/toolbelt.ts";
import { childrenBy, isNode } from "./any-node.ts";
import type { AnyNode } from "./any-node.ts";
import { eraseTypes } from "./erase-types.ts";
import type { Settings } from "./settings.ts";

/** A file with a platform function, as rules see it. */
export interface FunctionFile {
  readonly model: Model;
  /** The function that the platform invokes; undefined in a file that only takes in the toolbelt, or hides it. */
  readonly handler: Handler | undefined;
  /** A handler that is there, but whose function can't be pointed at. */
  readonly hidden: HiddenHandler | undefined;
  readonly runtime: Runtime;
  readonly settings: Settings;
}

/** Per tree, not per source code: oxlint has one source code object for all files. */
const files = new WeakMap<object, FunctionFile | "none">();

/**
 * A cheap look at the text: without one of these words no rule has anything to say about the file. What is exported
 * without a name is a handler when it looks like one.
 */
export function mayBeFunction(text: string, { handlers }: Settings): boolean {
  const words = ["lambda", legacyToolbelt, modernToolbelt, ...handlers];
  return words.some((word) => text.includes(word)) || (text.includes("exports") && text.includes("null"));
}

/**
 * The function in a file that ESLint or oxlint has parsed, or undefined when it holds none. Built once per tree and
 * shared by all rules.
 */
export function functionFileOf(sourceCode: SourceCode, settings: Settings): FunctionFile | undefined {
  const known = files.get(sourceCode.ast);
  if (known !== undefined) {
    return known === "none" ? undefined : known;
  }
  const file = readFile(sourceCode, settings);
  files.set(sourceCode.ast, file ?? "none");
  return file;
}

function readFile(sourceCode: SourceCode, settings: Settings): FunctionFile | undefined {
  const parsed = isTooDeep(sourceCode) ? undefined : plainSource(sourceCode);
  if (parsed === undefined) {
    return undefined;
  }
  const model = createModel(parsed, settings.handlers);
  const detected = runtimeOf(model);
  if (detected === undefined) {
    return undefined;
  }
  const runtime = settings.runtime === "auto" ? detected : settings.runtime;
  return { model, handler: findHandler(model), hidden: findHiddenHandler(model), runtime, settings };
}

/** True for a file that no analysis could follow into its depth; the migration says so, rules say nothing. */
function isTooDeep({ ast, visitorKeys }: SourceCode): boolean {
  const root: unknown = ast;
  return isNode(root) && nodeTooDeep<AnyNode>(root, (node) => childrenBy(visitorKeys, node)) !== undefined;
}

/** What ESLint has parsed. A TypeScript text is parsed again without its types; places stay the same. */
function plainSource(sourceCode: SourceCode): ParsedSource | undefined {
  const { text, ast, visitorKeys } = sourceCode;
  const erased = eraseTypes(text, ast, visitorKeys);
  if (erased === undefined) {
    return parsedElsewhere(text, ast, sourceCode.getAllComments());
  }
  try {
    // Suggestions take over the text as it is written, types included.
    return { ...parseSource(erased), text };
  } catch (error) {
    if (error instanceof SourceSyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** False when the project says that its functions run on V1: then they are as they must be. */
export function isMigrationDue({ settings }: FunctionFile): boolean {
  return settings.runtime !== "v1";
}
