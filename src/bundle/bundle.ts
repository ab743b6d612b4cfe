import type { Variable } from "eslint-scope";
import { isPure } from "../analysis/code/effects.ts";
import type { Model } from "../analysis/code/model.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { isModule } from "../analysis/code/parse.ts";
import { findImplicitGlobals } from "../analysis/modules/implicit-globals.ts";
import { commonJsUses, evalCalls } from "../analysis/modules/strictness.ts";
import { isRequireCall } from "../analysis/code/names.ts";
import type { LocalFiles } from "../analysis/code/local-files.ts";
import { link, topVariables } from "./link.ts";
import type { Linked } from "./link.ts";
import { loadModules } from "./modules.ts";
import type { BundleProblem, ModuleGraph, SourceModule } from "./modules.ts";
import { nameEntities, readNames } from "./naming.ts";
import { findNeeded, isQuietModule } from "./needed.ts";
import { isLoadedAtOnce } from "./uses.ts";
import { writeWhole } from "./write.ts";
import type { WrittenModule } from "./write.ts";

/** Where code of the whole comes from. */
export interface Origin {
  /** The offset in the function's own file: of the code, or of the `require` that brought it there. */
  readonly offset: number;
  /** The other file that it comes from, and its place there. */
  readonly other: { readonly path: string; readonly line: number; readonly offset: number } | undefined;
}

/** A function with the files that it loads, as one text; or why they can't be one. */
export type Bundle =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly originOf: (offset: number) => Origin;
      readonly paths: readonly string[];
      /** By file, the names of its module level that mean nothing in the whole, or something else. */
      readonly renamed: ReadonlyMap<string, ReadonlySet<string>>;
      /** Files that are strict, and of which the whole is not. */
      readonly strict: ReadonlySet<string>;
    }
  | { readonly kind: "refused"; readonly problems: readonly BundleProblem[] };

/**
 * Puts what a function uses of the files that it loads into its own text, as code that does the same: each file once, in
 * the place where it is loaded first, with names that mean what they meant.
 */
export function bundle(entry: Model, local: LocalFiles): Bundle {
  const graph = loadModules(entry, local);
  if (graph.problems.length > 0) return { kind: "refused", problems: graph.problems };
  // What it names can't be told then; the migration of the function alone says so.
  if (evalCalls(entry).length > 0) return { kind: "refused", problems: [] };
  const linked = link(graph.modules);
  const problems = graph.modules.flatMap((module) => problemsOf(graph, linked, module));
  if (problems.length > 0) return { kind: "refused", problems };
  const needed = findNeeded(linked);
  const names = nameEntities(linked, needed.entities);
  const [shown] = readNames(linked, names);
  if (shown !== undefined) {
    const { module, node, entity } = shown;
    const { path } = entity.home;
    const offset = graph.entrances.get(module.path) ?? rangeOf(node)[0];
    const what = "has a function or class whose `name` is read, and is another one in one file";
    return { kind: "refused", problems: [{ path, what, offset }] };
  }
  const codes = graph.modules.filter(isCode);
  const strictPaths = codes.filter(isStrict).map(({ path }) => path);
  const isAllStrict = strictPaths.length === codes.length;
  const written = writeWhole({ linked, needed, names, isStrict: isAllStrict });
  const own = written.at(-1);
  if (own === undefined) throw new Error("The function's own file was not written.");
  const paths = written.flatMap(({ module, text }) => (module.isEntry || text === "" ? [] : [module.path]));
  const renamed = new Map(graph.modules.map((module) => [module.path, renamedIn(module, linked, names)]));
  return {
    kind: "text",
    text: own.text,
    originOf: originsIn(own, written),
    paths,
    renamed,
    strict: new Set(isAllStrict ? [] : strictPaths),
  };
}

function renamedIn(
  module: SourceModule,
  { variables }: Linked,
  names: ReturnType<typeof nameEntities>,
): ReadonlySet<string> {
  const isOther = (variable: Variable): boolean => {
    const entity = variables.get(variable);
    return entity === undefined || names.get(entity) !== variable.name;
  };
  return new Set(topVariables(module).flatMap((variable) => (isOther(variable) ? [variable.name] : [])));
}

function isCode({ path }: SourceModule): boolean {
  return !path.endsWith(".json");
}

function isStrict({ model }: SourceModule): boolean {
  return model.program.body.some((statement) => "directive" in statement && statement.directive === "use strict");
}

/** Why a file can't be a part of another one, or take others in. */
function problemsOf(graph: ModuleGraph, linked: Linked, module: SourceModule): BundleProblem[] {
  const { path, model, isEntry } = module;
  const [first] = isEntry ? [] : fileProblems(module);
  const what = first ?? modeProblem(graph, module) ?? (isEntry ? undefined : linked.forms.get(module)?.problem);
  const offset = graph.entrances.get(path) ?? rangeOf(module.requires[0]?.call ?? model.program)[0];
  return [...(what === undefined ? [] : [{ path, what, offset }]), ...placeProblems(graph, linked, module)];
}

/** What a file asks of the border around it. */
function fileProblems(module: SourceModule): string[] {
  const { model } = module;
  const isHandler = topVariables(module).some(({ name }) => model.handlerNames.has(name));
  const isAtTop = (node: Parameters<Model["functionOf"]>[0]): boolean => {
    let owner = model.functionOf(node);
    while (owner?.type === "ArrowFunctionExpression") owner = model.functionOf(owner);
    return owner === null;
  };
  const [other] = commonJsUses(model).filter(({ name }) => name !== "exports" && name !== "module");
  return [
    ...(isModule(model.program) ? ["is an ES module"] : []),
    ...(isHandler ? ["is a function itself"] : []),
    ...(evalCalls(model).length > 0 ? ["uses `eval`, which can see the names around it"] : []),
    ...(model.nodes("ReturnStatement").some((node) => model.functionOf(node) === null)
      ? ["ends with `return` before its last line"]
      : []),
    ...(model.nodes("ThisExpression").some(isAtTop) ? ["uses `this` at module level"] : []),
    ...(model.globals("arguments").some(isAtTop) ? ["uses the `arguments` of the module"] : []),
    ...(other === undefined ? [] : [`uses \`${other.name}\`, which is another one in one file`]),
  ];
}

/** Files that are loaded later than at the beginning, though someone would notice when. */
function placeProblems(graph: ModuleGraph, linked: Linked, { path, model, requires }: SourceModule): BundleProblem[] {
  return requires
    .filter((require) => !isLoadedAtOnce(model, require, (node) => isPure(model, node) || isRequireCall(model, node)))
    .filter(({ target }) => !isQuietModule(linked, target))
    .map(({ call, target }) => ({
      path: target.path,
      what: "is loaded only when it is needed, and does something then",
      offset: graph.entrances.get(path) ?? rangeOf(call)[0],
    }));
}

/** One text has one mode: where files differ, what was strict must mean the same without it. */
function modeProblem({ modules }: ModuleGraph, module: SourceModule): string | undefined {
  const isMixed = !modules.filter(isCode).every((each) => isStrict(each) === isStrict(module));
  return isMixed && isStrict(module) && findImplicitGlobals(module.model).length > 0
    ? "is strict and assigns a name that nothing declares, and other files are not strict"
    : undefined;
}

/** Tells where offsets of the whole come from. */
function originsIn(own: WrittenModule, written: readonly WrittenModule[]): (offset: number) => Origin {
  const parts = written
    .filter(({ module, text }) => !module.isEntry && text !== "")
    .map((part) => ({ ...part, from: own.text.indexOf(part.text) }))
    .toSorted((a, b) => a.text.length - b.text.length);
  return (offset) => {
    const origin = own.edited.originalOffset(offset);
    const part = parts.find(({ from, text }) => offset >= from && offset < from + text.length);
    if (part === undefined || own.edited.keptOffset(offset) !== undefined) return { offset: origin, other: undefined };
    const { model, path } = part.module;
    const there = part.edited.originalOffset(offset - part.from + part.start);
    return { offset: origin, other: { path, line: model.placeOf(there).line, offset: there } };
  };
}
