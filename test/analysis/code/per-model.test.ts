import { expect, it, vi } from "vitest";
import type { Model } from "../../../src/analysis/code/model.ts";
import { perKey, perModel } from "../../../src/analysis/code/per-model.ts";
import { modelOf } from "../support.ts";

it("asks once for each model, also where nothing is found", () => {
  const analyse = vi.fn((model: Model) => model.nodes("CallExpression")[0]);
  const find = perModel(analyse);
  const [one, two] = [modelOf("f();"), modelOf("1;")];
  expect(find(one)).toBe(find(one));
  expect([find(two), find(two)]).toEqual([undefined, undefined]);
  expect(analyse).toHaveBeenCalledTimes(2);
});

it("asks once for each node of a model", () => {
  const analyse = vi.fn((_model: Model, key: string) => (key === "a" ? 1 : undefined));
  const find = perKey(analyse);
  const model = modelOf("1;");
  expect([find(model, "a"), find(model, "b"), find(model, "a"), find(model, "b")]).toEqual([
    1,
    undefined,
    1,
    undefined,
  ]);
  expect(analyse).toHaveBeenCalledTimes(2);
});
