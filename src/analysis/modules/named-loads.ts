import type { Model } from "../code/model.ts";
import { globalPath, importedPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { followConstant, stringOf } from "../values/constants.ts";

/** A place that names a package to load. */
export interface NamedLoad {
  readonly source: string;
  /** The name, as it is written there. */
  readonly node: Node;
}

/**
 * All places that load a package, take names from one or hand it on: `import`, `export … from`, `import(…)`, and calls of
 * `require` under any of its names, also where a constant holds the package's name.
 */
export const findNamedLoads = perModel((model): readonly NamedLoad[] => {
  const written = [
    ...model.nodes("ImportDeclaration"),
    ...model.nodes("ExportAllDeclaration"),
    ...model.nodes("ExportNamedDeclaration"),
    ...model.nodes("ImportExpression"),
  ].flatMap(({ source }) => source ?? []);
  const required = model
    .nodes("CallExpression")
    .filter((call) => isRequire(model, call.callee))
    .flatMap((call) => call.arguments[0] ?? []);
  return [...written, ...required].flatMap((node) => {
    const source = stringOf(model, node);
    return source === undefined ? [] : [{ source, node }];
  });
});

/** `require`, `module.require`, what `createRequire` makes, and constants that hold one of them. */
function isRequire(model: Model, callee: Node): boolean {
  const held = followConstant(model, callee);
  return ["require", "module.require"].includes(globalPath(model, held) ?? "") || isMade(model, held);
}

function isMade(model: Model, init: Node): boolean {
  const { source = "", path = [] } = (init.type === "CallExpression" && importedPath(model, init.callee)) || {};
  return /^(?:node:)?module$/u.test(source) && path.join() === "createRequire";
}
