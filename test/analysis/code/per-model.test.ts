import { expect, it, vi } from "vitest";
import type { Model } from "../../../src/analysis/code/model.ts";
import { perModel } from "../../../src/analysis/code/per-model.ts";
import { modelOf } from "../support.ts";

it("asks once for each model, also where nothing is found", () => {
  const analyse = vi.fn((model: Model) => model.nodes("CallExpression")[0]);
  const find = perModel(analyse);
  const [one, two] = [modelOf("f();"), modelOf("1;")];
  expect(find(one)).toBe(find(one));
  expect([find(two), find(two)]).toEqual([undefined, undefined]);
  expect(analyse).toHaveBeenCalledTimes(2);
});
