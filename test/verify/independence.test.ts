import { expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { areIndependent } from "./independence.ts";

/** Whether the last two statements of a function are independent. */
function independent(code: string): boolean {
  const model = createModel(parseSource(`function run(list, last, options, note) { let count = 0, text; ${code} }`));
  const [first, second] = model
    .nodes("ExpressionStatement")
    .filter((node) => model.parentOf(model.parentOf(node) ?? node)?.type === "FunctionDeclaration");
  if (first === undefined || second === undefined) throw new Error("no two statements");
  return areIndependent(model, first.expression, second.expression);
}

it.each([
  `options.method = "POST"; options.headers = {};`,
  "list.push(last); last.headers = {};",
  "count += 1; text = note;",
  `count = 2; console.info("done");`,
  `text ??= note !== null ? { error: asError(note) } : { value: undefined }; console.info("done", count);`,
  `list.forEach((each) => { each.method = "POST"; }); list[0].body = { note };`,
])("%s is the same the other way round", (code) => {
  expect(independent(code)).toBe(true);
});

it.each([
  `options.method = "POST"; last.method = "GET";`,
  "list.push(last); list[0].headers = {};",
  "list.push(last); list.push(note);",
  "list.push({ ...last }); last.headers = {};",
  "list.push(JSON.stringify(last)); last.headers = {};",
  "count += 1; text = count;",
  "options.method = note; console.info(options);",
  `text = note.text; console.info("done");`,
  `text = note in options; console.info("done");`,
  `text = missing; console.info("done");`,
  `console.info("one"); console.info("two");`,
  "list.forEach(last); list[0].body = { note };",
  `list.forEach((each) => { each.body = "POST"; }); list[0].body = { note };`,
])("%s may be something else the other way round", (code) => {
  expect(independent(code)).toBe(false);
});
