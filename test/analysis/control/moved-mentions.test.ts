import { expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { plainCallbackOf } from "../../../src/analysis/contract/plain-callback.ts";
import { chainOf, mentions } from "../../../src/analysis/control/chains.ts";

it("finds a variable in code that was moved into a chain", () => {
  const text = `
    function lambda(input, callback) {
      const answer = (order) => {
        if (order.isOld) { callback(new Error("Old")); return; }
        callback(null, order);
      };
      load().then((id) => { find(id).then(answer); });
    }`;
  const { model, handler } = plainCallbackOf(createModel(parseSource(text))) ?? {};
  const callback = handler?.callback?.variable;
  const chains = model?.nodes("ExpressionStatement").flatMap((statement) => chainOf(statement) ?? []) ?? [];
  expect(chains.length).toBeGreaterThan(0);
  for (const { statement } of chains) {
    expect(model && callback && mentions(model, statement, callback)).toBe(true);
  }
});
