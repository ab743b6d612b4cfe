import { expect, it } from "vitest";
import { mattersFor } from "../../../src/analysis/control/matters.ts";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";

/** Those lines of a program, one statement each, that matter for the global `total`. */
function mattering(...lines: readonly string[]): string[] {
  const model = createModel(parseSource(lines.join("\n")));
  const { isIn, nextIn } = mattersFor(model, "total");
  const { body } = model.program;
  const found = body.filter(isIn);
  const jumped: typeof body = [];
  for (let index = nextIn(body, 0); index < body.length; index = nextIn(body, index + 1)) {
    jumped.push(...body.slice(index, index + 1));
  }
  expect(jumped).toEqual(found);
  return found.map((node) => model.textOf(node));
}

it("tells code that mentions the name from code that does not", () => {
  const lines = ["total = 1;", "other = 2;", "if (other) { log(total); }", "item.total = 3;", "log(other);"];
  expect(mattering(...lines)).toEqual(["total = 1;", "if (other) { log(total); }"]);
});

it("keeps code that mentions a function of the file, or goes somewhere else", () => {
  const lines = ["function load() {}", "const keep = () => 1;", "load();", "keep();", "other();", "if (a) throw b;"];
  expect(mattering(...lines)).toEqual([lines[0], lines[1], lines[2], lines[3], lines[5]]);
  expect(mattering("for (const a of b) { if (a) continue; c(a); }", "for (const a of b) c(a);")).toHaveLength(1);
});
