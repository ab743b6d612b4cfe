import { builtinModules } from "node:module";
import { legacyToolbelt, modernExports, modernToolbelt } from "./toolbelt.ts";

/** How a V1 package is taken in by an ES module of V2. */
export interface PackageForm {
  /** The package's name in V2. */
  readonly modern: string;
  /** True when the module as a whole can be imported as default. */
  readonly hasDefault: boolean;
  /** The names that can be imported one by one; undefined when it has none that Node finds. */
  readonly names: ReadonlySet<string> | undefined;
  /** Imports are sorted by rank: the platform, packages, node's own modules. */
  readonly rank: 0 | 1 | 2;
}

const PACKAGES: ReadonlyMap<string, PackageForm> = new Map([
  [legacyToolbelt, { modern: modernToolbelt, hasDefault: false, names: modernExports, rank: 0 }],
  // A function as `module.exports`: only the default import can be called. Source: the platform's V2 examples.
  ["oauth-1.0a", { modern: "oauth-1.0a", hasDefault: true, names: undefined, rank: 1 }],
  // Node finds none of its names but `decode`. Measured with 9.0.2.
  ["jsonwebtoken", { modern: "jsonwebtoken", hasDefault: true, names: undefined, rank: 1 }],
  // Assembled at run time: `import { get } from "lodash"` is a link error. Measured with 4.17.21.
  ["lodash", { modern: "lodash", hasDefault: true, names: undefined, rank: 1 }],
]);

const BUILTINS: ReadonlySet<string> = new Set(builtinModules);

/** Tells how a package of V1 is imported in V2; undefined when the table does not know it. */
export function packageForm(source: string): PackageForm | undefined {
  const known = PACKAGES.get(source);
  if (known !== undefined) {
    return known;
  }
  const name = source.replace(/^node:/u, "");
  if (!BUILTINS.has(name)) {
    return undefined;
  }
  // Not `createRequire(import.meta.url)`: jscodeshift compiles transforms to CommonJS, which has no `import.meta`.
  const exports: unknown = process.getBuiltinModule(name);
  return {
    modern: source,
    hasDefault: true,
    names: new Set(Object.keys(typeof exports === "object" || typeof exports === "function" ? (exports ?? {}) : {})),
    rank: 2,
  };
}
