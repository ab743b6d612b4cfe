import { describe, expect, it } from "vitest";
import { findModuleUses, findRequires } from "../../../src/analysis/modules/uses.ts";
import { placeProblem } from "../../../src/analysis/modules/require-place.ts";
import { modelOf, present } from "../support.ts";

/** Why the first `require` of a text can't move. */
function problemIn(text: string, isCertain = false): string | undefined {
  const model = modelOf(text);
  const call = present(findRequires(model)[0]);
  const use = findModuleUses(model).find(({ node }) => node === call);
  return placeProblem(model, call, use, isCertain);
}

describe("placeProblem", () => {
  it.each([
    ["const a = require('a');"],
    ["function f() { const a = require('a'); }"],
    ["const f = () => { const a = require('a'); };"],
    ["try { const a = require('a'); a(); } finally { done(); }"],
    ["try { done(); } catch (e) { done(); } const a = require('a');"],
  ])("lets %s move", (text) => {
    expect(problemIn(text)).toBeUndefined();
  });

  it.each([
    ["require(name);", "has a name that is computed at run time"],
    ["const a = require('./a');", "loads a file of the project"],
    ["const a = require('..');", "loads a file of the project"],
    ["const a = require('/a');", "loads a file of the project"],
    ["if (x) var a = require('a');", "is conditional"],
    ["require('a');", "is loaded for its side effect"],
  ])("says of %s that it %s", (text, problem) => {
    expect(problemIn(text, true)).toBe(problem);
  });

  it.each([
    ["if (x) { a = require('a'); }", "is conditional"],
    ["const a = x ? require('a') : 1;", "is conditional"],
    ["const a = x && require('a');", "is conditional"],
    ["switch (x) { case 1: a = require('a'); }", "is conditional"],
    ["try { x(); } catch (e) { const a = require('a'); }", "is conditional"],
    ["while (x) { const a = require('a'); }", "is conditional"],
    ["for (const b of c) { const a = require('a'); }", "is conditional"],
    ["const f = () => require('a');", "is loaded only when it is needed"],
  ])("says of %s that it %s, unless the package is there for sure", (text, problem) => {
    expect(problemIn(text, false)).toBe(problem);
    expect(problemIn(text, true)).toBeUndefined();
  });

  it.each([
    ["try { var a = require('a'); } catch (e) {}"],
    ["try { var a = require('a').b; } catch (e) {}"],
    ["try { a = require('a'); } catch (e) {}"],
    ["try { a = require('a').b; } catch (e) {}"],
    ["try { require('a'); } catch (e) {}"],
  ])("takes %s for a question whether there is such a package", (text) => {
    expect(problemIn(text, true)).toBe("is guarded by `try`");
  });

  it.each([
    ["try { const a = require('a'); a(); } catch (e) {}"],
    ["try { const a = require('a'), b = 1; } catch (e) {}"],
    ["try { const a = b(require('a')); } catch (e) {}"],
    ["try { b(require('a')); } catch (e) {}"],
  ])("minds the try in %s only for a package that may be missing", (text) => {
    expect(problemIn(text, false)).toBe("is guarded by `try`");
    expect(problemIn(text, true)).toBeUndefined();
  });
});
