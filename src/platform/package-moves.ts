import { legacyToolbelt } from "./toolbelt.ts";

/** What becomes of a dependency in the package.json of a project with functions. */
export interface PackageMove {
  readonly legacy: string;
  /** Its package in V2, with the versions that V2 has; absent when the runtime brings it along. */
  readonly modern?: { readonly name: string; readonly range: string };
}

/**
 * The dependencies that change with the runtime.
 * Source: dependencies of the platform's command line 2.0.6-beta and of the toolbelt in it.
 */
export const packageMoves: readonly PackageMove[] = [
  { legacy: legacyToolbelt },
  { legacy: "jsforce", modern: { name: "@jsforce/jsforce-node", range: "^3.9.1" } },
  { legacy: "lodash", modern: { name: "es-toolkit", range: "^1.39.0" } },
  { legacy: "luxon", modern: { name: "luxon", range: "^3.7.2" } },
];
