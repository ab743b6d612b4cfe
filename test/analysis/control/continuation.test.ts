import { describe, expect, it } from "vitest";
import { catchAround, continuationOf } from "../../../src/analysis/control/continuation.ts";
import { handlerOf, modelOf, present } from "../support.ts";

/** What runs behind `here();`, as text, and whether it may come again. */
function behind(body: string, way: "fall" | "return" = "fall"): string {
  const model = modelOf(`async function lambda(input, callback) { ${body} }`);
  const { node } = handlerOf(model);
  const here = present(model.nodes("ExpressionStatement").find((statement) => model.textOf(statement) === "here();"));
  const { after, repeats } = continuationOf(
    model,
    here,
    node,
    way,
    (statement) => model.textOf(statement) === "gone();",
  );
  return [...after.map((statement) => model.textOf(statement)), ...(repeats ? ["again"] : [])].join(" ");
}

describe("continuationOf", () => {
  it.each([
    ["here();", ""],
    ["here(); a();", "a();"],
    ["here(); gone(); a();", "a();"],
    ["here(); ; const x = 1; function f() {} 'text';", ""],
    ["here(); return; a();", ""],
    ["here(); return input; a();", ""],
    ["here(); return a();", "return a();"],
    ["here(); throw input;", "throw input;"],
    ["if (input) { here(); } a();", "a();"],
    ["if (input) { here(); b(); } else c(); a();", "b(); a();"],
    ["if (input) here(); a();", "a();"],
    ["{ here(); } a();", "a();"],
    ["while (input) { here(); } a();", "a(); again"],
    ["do { here(); } while (input);", "again"],
    ["for (;;) here();", "again"],
    ["for (const x in input) { here(); break; } a();", "a();"],
    ["for (const x of input) { here(); return; } a();", ""],
    ["for (;;) { here(); continue; a(); }", "again"],
    ["a: for (;;) { for (;;) { here(); break a; } b(); } c();", "c();"],
    ["a: { b: { here(); break a; } b(); } c();", "c();"],
    ["for (;;) { { here(); break; } a(); } b();", "b();"],
    ["switch (input) { case 1: here(); case 2: a(); break; case 3: b(); } c();", "a(); c();"],
    ["switch (input) { case 1: here(); break; default: a(); } c();", "c();"],
    ["switch (input) { case 1: { here(); } a(); default: b(); }", "a(); b();"],
    ["try { here(); } catch { a(); } b();", "b();"],
    ["try { here(); a(); } finally { b(); } c();", "a(); { b(); } c();"],
    ["try { a(); } catch { here(); } finally { b(); }", "{ b(); }"],
    ["try { a(); } finally { here(); } b();", "b();"],
    ["try { here(); return; } finally { a(); } b();", "{ a(); }"],
    ["for (;;) { try { here(); break; } finally { a(); } b(); } c();", "{ a(); } c();"],
  ])("%s → %s", (body, expected) => {
    expect(behind(body)).toBe(expected);
  });

  it.each([
    ["here(); a();", ""],
    ["while (input) { here(); } a();", ""],
    ["try { here(); a(); } finally { b(); } c();", "{ b(); }"],
  ])("leaving at once: %s → %s", (body, expected) => {
    expect(behind(body, "return")).toBe(expected);
  });
});

describe("catchAround", () => {
  it.each([
    ["here();", undefined],
    ["try { here(); } catch { a(); }", "a();"],
    ["try { here(); } finally { a(); }", undefined],
    ["try { a(); } catch { here(); }", undefined],
    ["try { a(); } catch { b(); } finally { here(); }", undefined],
    ["try { try { a(); } catch { here(); } } catch { b(); }", "b();"],
    ["try { try { here(); } finally { a(); } } catch { b(); }", "b();"],
    ["try { try { here(); } catch { a(); } } catch { b(); }", "a();"],
  ])("%s → %s", (body, expected) => {
    const model = modelOf(`function lambda(input, callback) { ${body} }`);
    const { node } = handlerOf(model);
    const here = present(model.nodes("ExpressionStatement").find((statement) => model.textOf(statement) === "here();"));
    const clause = catchAround(model, here, node);
    expect(clause === undefined ? undefined : clause.body.body.map((statement) => model.textOf(statement)).join()).toBe(
      expected,
    );
  });

  it("stops at the function", () => {
    const model = modelOf("try { (function lambda(input, callback) { here(); })(); } catch {}");
    const inner = present(model.nodes("FunctionExpression").at(0));
    const here = present(model.nodes("ExpressionStatement").find((statement) => model.textOf(statement) === "here();"));
    expect(catchAround(model, here, inner)).toBeUndefined();
  });
});
