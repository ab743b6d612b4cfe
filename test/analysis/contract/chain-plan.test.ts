import { describe, expect, it } from "vitest";
import { planChain } from "../../../src/analysis/contract/chain-plan.ts";
import type { ChainPlan } from "../../../src/analysis/contract/chain-plan.ts";
import type { ChainHandler, UnrolledLink } from "../../../src/analysis/contract/chain-handlers.ts";
import { chainOf } from "../../../src/analysis/control/chains.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { handlerOf, modelOf, present } from "../support.ts";

const FUNCTIONS = `
async function load(value) { return value; }
function parse(value) { return value; }
`;

function handlerText(model: Model, word: string, handler: ChainHandler | undefined): string[] {
  if (handler === undefined) return [];
  return [`${word} ${handler.kind === "call" ? model.textOf(handler.node) : "…"}`];
}

function linkText(model: Model, { fulfilled, rejected, finalizer }: UnrolledLink): string {
  return [
    ...handlerText(model, "then", fulfilled),
    ...handlerText(model, "catch", rejected),
    ...handlerText(model, "finally", finalizer),
  ].join(" or ");
}

function told(model: Model, plan: ChainPlan): string {
  const { prefix, calls, links, inner, isPending, meanwhile, isRisky, mustLeave, isLeftEarly, mayReject } = plan;
  const named = [model.textOf(calls.promise), ...calls.functions.map((node) => model.textOf(node))].join(" into ");
  return [
    `await ${model.textOf(prefix)}`,
    ...(named === model.textOf(prefix) ? [] : [`as ${named}`]),
    ...links.map((link) => linkText(model, link)),
    ...(inner === undefined ? [] : [`inner ${model.textOf(inner.base)}`]),
    ...(meanwhile.length === 0 ? [] : [`meanwhile ${meanwhile.map((node) => model.textOf(node)).join(" ")}`]),
    ...Object.entries({
      pending: isPending,
      risky: isRisky,
      "must leave": mustLeave,
      "left early": isLeftEarly,
      "may reject": mayReject,
    }).flatMap(([name, isSet]) => (isSet ? [name] : [])),
  ].join(" | ");
}

/** The plan for the first chain in a handler with the callback `c`. */
function planned(body: string, isAsync = false): string {
  const model = modelOf(`${FUNCTIONS}${isAsync ? "async " : ""}function lambda(input, c) { ${body} }`);
  const { node, callback } = handlerOf(model);
  const statements = [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")];
  const own = statements.filter((statement) => model.functionOf(statement) === node);
  const chain = present(own.map((statement) => chainOf(statement)).find((each) => each !== undefined));
  const plan = planChain(
    {
      model,
      owner: node,
      callback: callback.variable,
      failsForHandler: true,
      isLast: true,
      settling: new Set([callback.variable]),
    },
    chain,
  );
  return plan === undefined ? "stays a chain" : told(model, plan);
}

describe("links become statements, with a try for their handlers of errors", () => {
  it.each([
    ["load(1).then((v) => c(null, v));", "await load(1) | then … | may reject"],
    ["load(1).then(c);", "await load(1) | then c | may reject"],
    ["load(1).then((v) => { if (v) return c(null, v); c(null, 0); });", "await load(1) | then … | may reject"],
    ["load(1).then((v) => c(null, v)).catch((e) => c(null, 'none'));", "await load(1) | then … | catch …"],
    ["load(1).then((v) => c(null, v), (e) => { console.error(e); c(e); });", "await load(1) | then … or catch …"],
    [
      "load(1).then((v) => c(null, v)).finally(() => { input.done = true; });",
      "await load(1) | then … | finally … | may reject",
    ],
  ])("%s", (body, expected) => {
    expect(planned(body)).toBe(expected);
  });
});

describe("a handler that only hands the error on goes: a throw comes to the same", () => {
  it.each([
    ["load(1).then((v) => c(null, v)).catch(c);", "await load(1) | then …"],
    ["load(1).then((v) => c(null, v)).catch((e) => c(e));", "await load(1) | then …"],
    ["load(1).then((v) => c(null, v), c);", "await load(1) | then …"],
    ["try { load(1).then((v) => c(null, v)).catch(c); } catch (e) { c(e); }", "await load(1) | then …"],
    // Another catch would see the throw.
    ["try { load(1).then((v) => c(null, v)).catch(c); } catch (e) { c(null, e); }", "await load(1) | then … | catch c"],
  ])("%s", (body, expected) => {
    expect(planned(body)).toBe(expected);
  });
});

describe("links in front of the first one with the callback", () => {
  it.each([
    ["load(1).then(parse).then((v) => c(null, v));", "await load(1) | then parse | then … | may reject"],
    [
      "load(1).then(parse).then(load).then((v) => c(null, v));",
      "await load(1) | then parse | then load | then … | may reject",
    ],
    ["load(1).then((v) => parse(v)).then((v) => c(null, v));", "await load(1) | then … | then … | may reject"],
    ["load(1).then(JSON.parse).then((v) => c(null, v));", "await load(1) | then JSON.parse | then … | may reject"],
    // What reads a response stays with the request.
    [
      "fetch(1).then((r) => r.json()).then((v) => parse(v)).then((v) => c(null, v));",
      "await fetch(1).then((r) => r.json()) | then … | then … | may reject",
    ],
    [
      "fetch(1).then(parse).then((v) => c(null, v));",
      "await fetch(1).then(parse) | as fetch(1) into parse | then … | may reject",
    ],
    // Errors in the middle are handled where they are.
    [
      "load(1).then(parse).catch(() => 0).then((v) => v + 1).then((v) => c(null, v));",
      "await load(1).then(parse).catch(() => 0) | then … | then … | may reject",
    ],
    [
      "load(1).then((v) => { if (v) return 1; return 2; }).then((v) => parse(v)).then((v) => c(null, v));",
      "await load(1).then((v) => { if (v) return 1; return 2; }) | then … | then … | may reject",
    ],
    [
      "load(1).then(function own(v) { return v ? own(v.next) : 0; }).then((v) => c(null, v));",
      "await load(1).then(function own(v) { return v ? own(v.next) : 0; }) | then … | may reject",
    ],
    ["load(1).then(input.handler).then((v) => c(null, v));", "await load(1).then(input.handler) | then … | may reject"],
  ])("%s", (body, expected) => {
    expect(planned(body)).toBe(expected);
  });

  it("outside of the try, where making the promise may fail", () => {
    expect(planned("request(1).then((v) => c(null, v)).catch(() => c(null, 'none'));")).toBe(
      "await request(1) | then … | catch … | pending",
    );
  });
});

describe("what runs behind the chain", () => {
  it.each([
    [
      "load(1).then((v) => c(null, v)); console.info(1);",
      "await load(1) | then … | meanwhile console.info(1); | pending | may reject",
    ],
    [
      "load(1).then((v) => c(null, v)); parse(1);",
      "await load(1) | then … | meanwhile parse(1); | pending | risky | may reject",
    ],
    ["return load(1).then((v) => c(null, v));", "await load(1) | then …"],
    ["if (input) { return load(1).then((v) => c(null, v)); } c(null, 0);", "await load(1) | then … | must leave"],
    ["if (input) { load(1).then((v) => c(null, v)); } else { c(null, 0); }", "await load(1) | then … | may reject"],
    ["if (input) { load(1).then((v) => c(null, v)); } c(null, 0);", "stays a chain"],
    ["for (const x of input) load(x).then((v) => c(null, v));", "stays a chain"],
    ["try { load(1).then((v) => c(null, v)); } catch (e) { c(e); }", "stays a chain"],
  ])("%s", (body, expected) => {
    expect(planned(body)).toBe(expected);
  });

  it.each([
    ["await load(1).then((v) => c(null, v)); console.info(1);", "await load(1) | then …"],
    [
      "await load(1).then((v) => { if (v) { return c(null, v); } }); c(null, 0);",
      "await load(1) | then … | left early",
    ],
    [
      "await load(1).then((v) => { if (v) { return load(v); } c(null, v); }); c();",
      "await load(1) | then … | left early",
    ],
    ["await load(1).then((v) => { try { return load(v); } finally { c(null, v); } }); c();", "stays a chain"],
    ["await load(1).then((v) => { if (v) return load(v); c(null, v); });", "stays a chain"],
    // What an async function throws is heard later than a promise that is fast.
    ["load(1).then((v) => c(null, v)); parse(1);", "stays a chain"],
  ])("in an async function: %s", (body, expected) => {
    expect(planned(body, true)).toBe(expected);
  });
});

describe("what is not understood stays a chain", () => {
  it.each([
    "load(c).then((v) => c(null, v));",
    "load(1).then(function (v) { this.a = 1; c(null, v); });",
    "load(1).then((v, w) => c(null, v));",
    "load(1).then((v) => c(null, v), c, c);",
    "load(1)[input]((v) => c(null, v)).then(() => c());",
    "load(1).then((v) => { if (v) { c(null, 1); return; } return 2; }).then((v) => c(null, v));",
  ])("%s", (body) => {
    expect(planned(body)).toBe("stays a chain");
  });
});
