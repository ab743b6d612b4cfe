import { expect, it } from "vitest";
import { findNamedLoads } from "../../../src/analysis/modules/named-loads.ts";
import { modelOf } from "../support.ts";

it.each([
  ["under its own name", `require("a"); module.require("b");`, ["a", "b"]],
  ["under the name of a constant", `const load = require, again = load; again("a");`, ["a"]],
  [
    "as what createRequire makes",
    `import { createRequire } from "node:module"; const load = createRequire(import.meta.url); load("a"); createRequire(import.meta.url)("b");`,
    ["node:module", "a", "b"],
  ],
  ["in imports and exports", `import "a"; export * from "b"; import("c");`, ["a", "b", "c"]],
  ["where a constant holds the package", `const name = "a"; require(name); require(other);`, ["a"]],
  [
    "where constants are made of themselves",
    `const one = two; const two = one; one("a"); const three = three; three("b");`,
    [],
  ],
  [
    "of other functions",
    `let load = require; load = other; load("a"); input.require("b"); const made = make(); made("c");`,
    [],
  ],
])("finds what is loaded %s", (_what, code, sources) => {
  expect(findNamedLoads(modelOf(code)).map(({ source }) => source)).toEqual(sources);
});
