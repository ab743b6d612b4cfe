import type { SourceCode } from "eslint";
import { findInvoked } from "../analysis/code/handler.ts";
import type { Handler } from "../analysis/code/handler.ts";
import { createModel, PLATFORM_HANDLER } from "../analysis/code/model.ts";
import { findHiddenHandler } from "../analysis/code/hidden-handler.ts";
import type { HiddenHandler } from "../analysis/code/hidden-handler.ts";
import type { Model } from "../analysis/code/model.ts";
import { exportsLikeHandler } from "../analysis/contract/handler-problems.ts";
import { runtimeOf } from "../analysis/runtime/which-runtime.ts";
import type { Runtime } from "../analysis/runtime/which-runtime.ts";
import { legacyToolbelt, modernToolbelt } from "../platform/toolbelt.ts";
import { plainSource } from "./plain-source.ts";
import type { Unreadable } from "./plain-source.ts";
import type { Settings } from "./settings.ts";

/** A file with a platform function, as rules see it. */
export interface FunctionFile {
  /** The path as ESLint gives it. */
  readonly path: string;
  readonly model: Model;
  /** The function that the platform invokes; undefined in a file that only takes in the toolbelt, or hides it. */
  readonly handler: Handler | undefined;
  /** A handler that is there, but whose function can't be pointed at. */
  readonly hidden: HiddenHandler | undefined;
  readonly runtime: Runtime;
  readonly settings: Settings;
  /** True when the file has types, or other syntax of TypeScript. */
  readonly isTyped: boolean;
}

/** What rules see of a file: a function, one that no rule can look at, or neither. */
export type Look =
  | { readonly kind: "function"; readonly file: FunctionFile }
  | { readonly kind: "unreadable"; readonly unreadable: Unreadable }
  | { readonly kind: "other" };

/** Per tree, not per source code: oxlint has one source code object for all files. */
const looks = new WeakMap<object, Look>();

/**
 * A cheap look at the text: without one of these words no rule has anything to say about the file. What is exported
 * without a name is a handler when it looks like one.
 */
export function mayBeFunction(text: string, { handlers }: Settings): boolean {
  const words = ["lambda", legacyToolbelt, modernToolbelt, ...handlers];
  return words.some((word) => text.includes(word)) || (text.includes("exports") && text.includes("null"));
}

/** The function in a file that ESLint or oxlint has parsed. Looked for once per tree and shared by all rules. */
export function lookAt(sourceCode: SourceCode, settings: Settings, path: string): Look {
  const known = looks.get(sourceCode.ast);
  if (known !== undefined) {
    return known;
  }
  const look = read(sourceCode, settings, path);
  looks.set(sourceCode.ast, look);
  return look;
}

function read(sourceCode: SourceCode, settings: Settings, path: string): Look {
  const source = plainSource(sourceCode);
  if ("why" in source) {
    return looksLikeFunction(sourceCode, settings) ? { kind: "unreadable", unreadable: source } : { kind: "other" };
  }
  const model = createModel(source, settings.handlers);
  // An export by the name of the handler is how somebody who knows ES modules writes a function of V2.
  const detected = runtimeOf(model) ?? (exportsLikeHandler(model) ? "v2" : undefined);
  if (detected === undefined) {
    return { kind: "other" };
  }
  for (const name of model.handlerNames) {
    // Nothing in the file calls the handler: without this, ESLint's own rule calls it unused.
    sourceCode.markVariableAsUsed(name);
  }
  // Where nothing was taken off, the program is the parser's own.
  const isTyped = model.program !== sourceCode.ast;
  const runtime = settings.runtime === "auto" ? detected : settings.runtime;
  const file = {
    path,
    model,
    handler: findInvoked(model),
    hidden: findHiddenHandler(model),
    runtime,
    settings,
    isTyped,
  };
  return { kind: "function", file };
}

/** A file that can't be read is a function when it names the toolbelt as a package, or declares a handler. */
function looksLikeFunction({ text, scopeManager }: SourceCode, { handlers }: Settings): boolean {
  const packages = [legacyToolbelt, modernToolbelt].flatMap((name) => [`"${name}"`, `'${name}'`]);
  // The global scope, and that of the module.
  const top = scopeManager.scopes.filter(({ block }) => block.type === "Program");
  return (
    packages.some((name) => text.includes(name)) ||
    [PLATFORM_HANDLER, ...handlers].some((name) => top.some(({ set }) => (set.get(name)?.defs.length ?? 0) > 0))
  );
}

/** False when the project says that its functions run on V1: then they are as they must be. */
export function isMigrationDue({ settings }: FunctionFile): boolean {
  return settings.runtime !== "v1";
}
