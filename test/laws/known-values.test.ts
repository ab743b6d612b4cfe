import vm from "node:vm";

import { afterAll, expect, it } from "vitest";

import { isDefined, isString, isText } from "../../src/analysis/values/constants.ts";
import { returnsOf } from "../../src/analysis/code/functions.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { modelOf, present } from "../analysis/support.ts";
import { enterLaw, someOf } from "./ledger.ts";
import { inputs, probes } from "./known-values.ts";

/** What the kernel says of an expression, and whether that is true of a value. */
const CLAIMS: readonly (readonly [says: (model: Model, node: Node) => boolean, isTrue: (value: unknown) => boolean])[] =
  [
    [isDefined, (value) => value !== undefined],
    [isString, (value) => typeof value === "string"],
    [isText, (value) => value === undefined || typeof value === "string"],
  ];

const counts = { expressions: 0, claims: 0, values: 0 };

/** The values that the expression of a program gives; where it throws, it gives none. */
function valuesGiven(program: string): readonly unknown[] {
  const probe = vm.runInThisContext(`(() => {${program} return probe; })()`) as (input: object) => unknown;
  return inputs.flatMap((input) => {
    try {
      return [probe({ ...input })];
    } catch {
      return [];
    }
  });
}

it("says nothing of an expression that is not true of all that it gives", () => {
  const wrong = someOf(probes, 29).filter((program) => {
    const model = modelOf(program);
    const [probe] = model.nodes("FunctionDeclaration").filter(({ id }) => id.name === "probe");
    const expression = present(returnsOf(model, present(probe))[0]);
    const claims = CLAIMS.filter(([says]) => says(model, expression));
    const values = claims.length > 0 ? valuesGiven(program) : [];
    counts.expressions += 1;
    counts.claims += claims.length;
    counts.values += values.length;
    return !claims.every(([, isTrue]) => values.every(isTrue));
  });
  expect(wrong).toEqual([]);
  expect(counts.claims).toBeGreaterThan(counts.expressions / 4);
});

afterAll(() => {
  enterLaw({ law: "What the kernel says of an expression is true of what it gives", counts });
});
