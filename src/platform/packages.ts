import { builtinModules } from "node:module";
import { namesOfBoth } from "./lodash-names.ts";
import type { PackageChoice } from "./package-choices.ts";
import type { DifferenceId, FollowUpId } from "./remarks.ts";
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
  /** The name that a default import gets when the file gives it none. */
  readonly localName?: string;
  /** The module is this one member of the V2 package: `lodash/get` is `get` of `es-toolkit/compat`. */
  readonly member?: string;
  /** What is not the same in V2's package. */
  readonly difference?: DifferenceId;
  /** What has to be looked after: above all, whether V2 has the package. A `try` around its `require` then means something. */
  readonly followUp?: FollowUpId;
}

const LODASH: PackageForm = {
  // Assembled at run time: `import { get } from "lodash"` is a link error. Measured with 4.17.21.
  modern: "lodash",
  hasDefault: true,
  names: undefined,
  rank: 1,
  followUp: "lodash-availability",
};

const ES_TOOLKIT: PackageForm = {
  // The main entry has no default and lacks half of lodash's functions; the subpath has both. Measured.
  modern: "es-toolkit/compat",
  hasDefault: true,
  names: namesOfBoth,
  rank: 1,
  localName: "lodash",
  difference: "es-toolkit",
};

/** Source, where nothing else is said: measured with the packages themselves under Node 20.20.2. */
const PACKAGES: ReadonlyMap<string, PackageForm> = new Map<string, PackageForm>([
  [legacyToolbelt, { modern: modernToolbelt, hasDefault: false, names: modernExports, rank: 0 }],
  // A function as `module.exports`: only the default import can be called. Source: the platform's V2 examples.
  ["oauth-1.0a", { modern: "oauth-1.0a", hasDefault: true, names: undefined, rank: 1, localName: "OAuth" }],
  // Node finds none of its names but `decode`. Measured with 8.5.1, 9.0.2 and 9.0.3.
  ["jsonwebtoken", { modern: "jsonwebtoken", hasDefault: true, names: undefined, rank: 1, localName: "jwt" }],
  ["lodash", LODASH],
  [
    "luxon",
    {
      // V2 has 3.x, an ES module without default. Names: those of 1.28.1 that 3.7.2 has and that mean the same.
      modern: "luxon",
      hasDefault: false,
      names: new Set(["DateTime", "Duration", "Interval", "Info"]),
      rank: 1,
      difference: "luxon-3",
    },
  ],
  [
    "jsforce",
    {
      // The toolbelt of V2 names it as the successor. Names measured with 3.10.16.
      modern: "@jsforce/jsforce-node",
      hasDefault: true,
      names: new Set(["Connection", "OAuth2", "SfDate"]),
      rank: 1,
      localName: "jsforce",
      difference: "jsforce-node",
    },
  ],
  [
    "uuid",
    {
      // No default from 7 on. Names: those that 8.3.2 and 14.0.3 have and that mean the same.
      modern: "uuid",
      hasDefault: false,
      names: new Set(["NIL", "parse", "stringify", "v1", "v3", "v4", "v5", "validate", "version"]),
      rank: 1,
      followUp: "package-availability",
    },
  ],
  [
    "moment",
    // A function as `module.exports`, without names that Node finds. Measured with 2.31.0.
    { modern: "moment", hasDefault: true, names: undefined, rank: 1, followUp: "package-availability" },
  ],
]);

/** The packages of V1 that the table knows; besides them there are those of Node.js. */
export const knownPackages: readonly string[] = [...PACKAGES.keys()];

const BUILTINS: ReadonlySet<string> = new Set(builtinModules);

/** Tells how a package of V1 is imported in V2; undefined when the table does not know it. */
export function packageForm(source: string, choices: readonly PackageChoice[] = []): PackageForm | undefined {
  const isReplaced = choices.includes("es-toolkit");
  if (source === "lodash" && isReplaced) {
    return ES_TOOLKIT;
  }
  return PACKAGES.get(source) ?? lodashFunction(source, isReplaced) ?? builtinForm(source);
}

/** `lodash/get`: an ES module must name the file, because lodash has no `exports` in its package.json. */
function lodashFunction(source: string, isReplaced: boolean): PackageForm | undefined {
  const [, name] = /^lodash\/(\w+)(?:\.js)?$/u.exec(source) ?? [];
  if (name === undefined || !namesOfBoth.has(name)) {
    return undefined;
  }
  return isReplaced ? { ...ES_TOOLKIT, member: name } : { ...LODASH, modern: `lodash/${name}.js`, localName: name };
}

function builtinForm(source: string): PackageForm | undefined {
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

/** HTTP clients of V1 times; all of them are deprecated. Source: their pages in the npm registry. */
export const requestPackages: ReadonlySet<string> = new Set([
  "request",
  "request-promise",
  "request-promise-native",
  "request-promise-any",
]);

/** Methods of packages that change nothing of what they get. Source: oauth-1.0a 2.2.6, `authorize` and `toHeader`. */
export const readingMethods: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["oauth-1.0a", new Set(["authorize", "toHeader"])],
]);
