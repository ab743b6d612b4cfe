import { describe, expect, it } from "vitest";
import { errorKindOf, forwardingCall, throwsNothing } from "../../../src/analysis/errors/kind.ts";
import { modelOf, present } from "../support.ts";

/** The kind of the first argument of `give(…)`. */
function kindOf(text: string): string {
  const model = modelOf(text);
  const call = present(
    model.nodes("CallExpression").find(({ callee }) => callee.type === "Identifier" && callee.name === "give"),
  );
  return errorKindOf(model, call.arguments[0]);
}

describe("errorKindOf", () => {
  it.each([
    ["give();", "absent"],
    ["give(null);", "absent"],
    ["give(undefined, 1);", "absent"],
    ["give(void 0);", "absent"],
    ["give(new Error('x'));", "error"],
    ["give(new Failure());", "error"],
    ["give({ message: 'x' });", "object"],
    ["give('text');", "text"],
    ["give(`text`);", "text"],
    ["give('a' + b);", "text"],
    ["give(b + 'a');", "text"],
    ["give(a + b + `c`);", "text"],
    ["give(a + b);", "unknown"],
    ["give('a' - b);", "unknown"],
    ["give(Error('x'));", "error"],
    ["give(failure('x'));", "unknown"],
    ["const Error = make; give(Error('x'));", "unknown"],
    ["give(e || new Error());", "error"],
    ["give(e ?? new Error());", "error"],
    ["give(e && new Error());", "unknown"],
    ["give(e || f);", "unknown"],
    ["give(e instanceof Error ? e : new Error(e));", "error"],
    ["give(e ? new TypeError() : new Error(e));", "error"],
    ["give(e instanceof Error ? f : new Error(e));", "unknown"],
    ["give(e ? e : new Error());", "unknown"],
    ["give(e > 1 ? e : new Error());", "unknown"],
    ["give(e ? new Error() : e);", "unknown"],
    ["const e = a ? new Error() : new TypeError(); give(e);", "error"],
    ["const e = 'text'; give(e);", "text"],
    ["let e; give(e);", "unknown"],
    ["give(0);", "unknown"],
    ["give(false);", "unknown"],
    ["give(nowhere);", "unknown"],
    ["give(a.b);", "unknown"],
    ["const e = new Error(); give(e);", "error"],
    ["let e = new Error(); e = null; give(e);", "unknown"],
    ["const e = make(); give(e);", "unknown"],
    ["function e() {} give(e);", "unknown"],
    ["const f = (e) => give(e);", "unknown"],
    ["try { a(); } catch (e) { give(e); }", "error"],
    ["try { a(); } catch (e) { e = 1; give(e); }", "unknown"],
    ["try { throw null; } catch (e) { give(e); }", "unknown"],
    ["try { await new Promise((_, reject) => reject()); } catch (e) { give(e); }", "unknown"],
  ])("%s → %s", (text, expected) => {
    expect(kindOf(`async function f() { ${text} }`)).toBe(expected);
  });
});

describe("throwsNothing", () => {
  it.each([
    ["throw new Error();", false],
    ["throw undefined;", true],
    ["reject();", true],
    ["reject(null);", true],
    ["reject(1);", false],
    ["new Promise((resolve, fail) => fail());", true],
    ["new Promise((resolve, fail) => fail(1));", false],
    ["new Promise((resolve, fail) => resolve());", false],
    ["let e; throw e;", true],
    ["const e = 1; throw e;", false],
    ["Promise.reject();", true],
    ["Promise.reject(undefined);", true],
    ["Promise.resolve();", false],
    ["(() => {})();", false],
  ])("%s → %s", (text, expected) => {
    expect(throwsNothing(modelOf(text))).toBe(expected);
  });
});

describe("forwardingCall", () => {
  it.each([
    ["catch (e) { callback(e); }", true],
    ["catch (e) { return callback(e, 1); }", true],
    ["catch (e) { await callback(e); }", true],
    ["catch (e) { return await callback(e); }", true],
    ["catch (e) { }", false],
    ["catch (e) { return; }", false],
    ["catch (e) { log(); callback(e); }", false],
    ["catch (e) { callback(); }", false],
    ["catch (e) { callback(input); }", false],
    ["catch (e) { callback(e.message); }", false],
    ["catch (e) { throw e; }", false],
    ["catch (e) { e; }", false],
    ["catch ({ e }) { callback(e); }", false],
    ["catch { callback(input); }", false],
    ["catch (e) { e = 1; callback(e); }", false],
  ])("%s → %s", (clause, expected) => {
    const model = modelOf(`async function f(input, callback) { try { a(); } ${clause} }`);
    expect(forwardingCall(model, present(model.nodes("CatchClause").at(0))) !== undefined).toBe(expected);
  });
});
