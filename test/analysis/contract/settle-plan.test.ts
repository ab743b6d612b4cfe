import { describe, expect, it } from "vitest";
import type { Node } from "../../../src/analysis/code/tree.ts";
import type { OwnerPlan, SettlePlan } from "../../../src/analysis/contract/settle-types.ts";
import { planOwner } from "../../../src/analysis/contract/settle-plan.ts";
import { HANDED_ON, MANY, NONE, ONCE } from "../../../src/analysis/control/flow.ts";
import type { Settled } from "../../../src/analysis/control/flow.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { handlerOf, modelOf } from "../support.ts";

function letters(settled: Settled): string {
  return [NONE, ONCE, MANY, HANDED_ON]
    .map((bit, index) => ((settled & bit) === 0 ? "" : "N1MH".charAt(index)))
    .join("");
}

function flags(all: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(all).flatMap(([name, isSet]) => (isSet ? [name] : []));
}

function planOf(model: Model, plan: SettlePlan): string {
  const { kind, mode, mustReject, isComputed, leftover, before } = plan;
  const rest = flags({ "must reject": mustReject, computed: isComputed });
  const more = leftover === undefined ? [] : [`then ${model.textOf(leftover)}`];
  const held = mode === "held" ? [`after ${letters(before)}`] : [];
  return [`${kind} ${mode}`, ...held, ...rest, ...more].join(", ");
}

function ownerOf(model: Model, plan: OwnerPlan): string[] {
  const { neverSettles, answersLater, mayThrowFirst, losesErrors, atEnd, returns } = plan;
  return [
    ...plan.calls.map((call) => planOf(model, call)),
    ...flags({ "never settles": neverSettles, "answers later": answersLater, "loses errors": losesErrors }),
    ...flags({ "may throw first": mayThrowFirst }),
    ...(atEnd === 0 ? [] : [`end ${letters(atEnd)}`]),
    ...[...returns].map(([statement, settled]) => `${model.textOf(statement)} ${letters(settled)}`),
  ];
}

/** The plan for a handler with the callback `c`, which hands it to the functions that are called `help`. */
function planned(body: string, isAsync = true): string[] {
  const model = modelOf(
    `${isAsync ? "async " : ""}function lambda(input, c) { ${body} }\nfunction help(done) { done(); }\nfunction load() {}`,
  );
  const { node, callback } = handlerOf(model);
  const isHelp = (callee: Node): boolean => callee.type === "Identifier" && callee.name === "help";
  const delegates = new Set(model.nodes("CallExpression").filter(({ callee }) => isHelp(callee)));
  const plan = planOwner(
    model,
    { node, callback: callback.variable, isAsync },
    { helpers: new Set(), delegates, targets: new Map(), uncertain: new Set(), later: new Set(), overheard: new Set() },
  );
  return plan.why === undefined ? ownerOf(model, plan) : [`${plan.why}: ${model.textOf(plan.at)}`];
}

const MORE_CODE = "More code runs after the callback";
const UNKNOWN_ARGUMENTS = "The callback is called with arguments that can't be matched to its parameters";

describe("a call that is the last to run becomes a return or a throw", () => {
  it.each<[string, string[]]>([
    ["c();", ["absent final"]],
    ["c(null, 1);", ["absent final"]],
    ["c(new Error('x'));", ["error final"]],
    ["c('x');", ["error final"]],
    ["c(input.error, input.value);", ["either final, computed", "may throw first"]],
    ["c(null, load());", ["absent final, computed", "may throw first"]],
    ["if (input) c(null, 1); else c(null, 2);", ["absent final", "absent final"]],
    ["if (input) return c(null, 1); c(null, 2);", ["absent final", "absent final"]],
    ["if (input) { c(null, 1); return; } c(null, 2);", ["absent final, then return;", "absent final"]],
    ["switch (input) { case 1: c(); break; default: c(); }", ["absent final, then break;", "absent final"]],
    // Nothing that is seen from outside may run behind it.
    ["try { load(); c(null, 1); } finally { console.info(1); }", ["absent final", "may throw first"]],
    ["throw new Error('x'); c(null, load());", ["absent final, computed", "may throw first"]],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual(expected);
  });
});

describe("a call that is not keeps its outcome until the end", () => {
  it.each<[string, string[]]>([
    ["c(null, 1); load();", ["absent held, after N", "loses errors", "end 1"]],
    [
      "if (input) c(null, 1); load();",
      ["absent held, after N", "never settles", "loses errors", "may throw first", "end N1"],
    ],
    ["c(null, 1); await load();", ["absent held, after N", "answers later", "loses errors", "end 1"]],
    ["while (input) c(null, 1);", ["absent held, after N1M", "never settles", "end N1M"]],
    ["try { c(null, 1); } finally { load(); }", ["absent held, after N", "loses errors", "end 1"]],
    // A finalizer that returns whatever happens gives what is kept.
    ["try { c(null, 1); } finally { return; }", ["absent held, after N", "return; 1"]],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual(expected);
  });
});

describe("a call that is never heard goes", () => {
  it.each<[string, string[]]>([
    ["c(null, 1); c(null, 2);", ["absent final", "absent dead"]],
    ["c(null, 1); c(null, load());", ["absent held, after N", "absent dead, computed", "loses errors", "end M"]],
    ["return; c(null, 1);", ["absent dead", "never settles", "return; N"]],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual(expected);
  });
});

describe("the function's own catch", () => {
  it.each<[string, string[]]>([
    // It hands on what it catches, so that a throw comes to the same.
    ["try { c(null, load()); } catch (e) { c(e); }", ["absent final, computed", "error final"]],
    ["try { c(new Error('x')); } catch (e) { c(new Error('y')); }", ["error final, must reject", "error dead"]],
    ["try { help(c); } catch (e) { c(e); }", ["delegate final", "error final"]],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual(expected);
  });
});

describe("functions that settle in the place of the handler", () => {
  it.each<[string, string[]]>([
    ["help(c);", ["delegate final", "may throw first"]],
    ["return help(c);", ["delegate final", "may throw first"]],
    [
      "help(c); load();",
      ["The callback is handed to a function whose errors are caught, or that is not the last to run: help(c)"],
    ],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual(expected);
  });
});

describe("returns besides", () => {
  it.each<[string, string[]]>([
    ["load();", ["never settles", "may throw first"]],
    ["return load();", ["never settles", "may throw first", "return load(); N"]],
    ["return 1;", ["never settles", "return 1; N"]],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual(expected);
  });

  // Whoever calls a function that is not async may use what it returns.
  it.each<[string, string[]]>([
    ["return load();", ["The function returns a value besides calling back: return load();"]],
    ["c(null, 1); return load();", ["The function returns a value besides calling back: return load();"]],
    ["return 1;", ["never settles", "return 1; N"]],
    ["if (input) return; c();", ["absent final", "never settles", "return; N"]],
  ])("of a function that is not async: %s", (body, expected) => {
    expect(planned(body, false)).toEqual(expected);
  });
});

describe("obstacles, with the place", () => {
  it.each<[string, string]>([
    ["load(c);", "The callback is handed to another function: c"],
    ["const d = c; d();", "The callback is used as a value: c"],
    ["load(() => c());", "The callback is called in a nested function: c"],
    ["const v = c(null, 1);", "The callback is called inside an expression: c(null, 1)"],
    ["c(...input);", `${UNKNOWN_ARGUMENTS}: c(...input)`],
    ["c(null, 1, 2);", `${UNKNOWN_ARGUMENTS}: c(null, 1, 2)`],
    ["c('x', load());", "The callback gets an error and a result that must be computed: c('x', load())"],
    ["try { c(null, 1); } finally { if (input) return; }", `${MORE_CODE}: { if (input) return; }`],
    ["try { c(null, 1); } finally { if (input) return; return; }", `${MORE_CODE}: { if (input) return; return; }`],
    ["c(null, load()); await load();", "The callback may get a promise while more code is waited for: c(null, load())"],
    [
      "const v = {}; c(null, v); await load(); v.a = 1;",
      "The result is changed after the callback, while more code is waited for: c(null, v)",
    ],
  ])("%s", (body, expected) => {
    expect(planned(body)).toEqual([expected]);
  });
});
