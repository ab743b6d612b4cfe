import { describe, expect, it } from "vitest";
import { forwardingCall } from "../../../src/analysis/errors/forwarding.ts";
import { modelOf, present } from "../support.ts";

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
