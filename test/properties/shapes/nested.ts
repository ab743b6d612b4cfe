import { block, lines } from "../layout.ts";
import { template } from "../templates.ts";
import type { Template } from "../templates.ts";

/** Statements that hold others; each gets its inner statements through a hole. */
export const containers: readonly ((inner: string) => string)[] = [
  (inner) => block("if (input.payload.bad)", inner),
  (inner) => lines("if (input.payload.bad) {", inner, "} else {", 'note("else");', "}"),
  (inner) => lines("if (input.payload.bad) {", 'return callback(new Error("early"));', "} else {", inner, "}"),
  (inner) => lines("try {", inner, "} catch (error) {", "callback(error);", "}"),
  (inner) => lines("try {", inner, "} catch (error) {", 'callback(new Error("caught: " + error.message));', "}"),
  (inner) => lines("try {", inner, "} catch (error) {", 'console.error("caught", error.message);', "}"),
  (inner) => lines("try {", inner, "} finally {", 'console.info("finally");', "}"),
  (inner) => lines("try {", "await second();", "} catch (error) {", inner, "}"),
  (inner) => block("for (const item of input.payload.items)", inner),
  (inner) => lines("for (const item of input.payload.items) {", inner, "break;", "}"),
  (inner) =>
    lines("switch (input.payload.kind) {", 'case "a": {', inner, "break;", "}", "default:", 'note("default");', "}"),
  (inner) =>
    lines("switch (input.payload.kind) {", 'case "a": {', inner, "}", 'case "b":', 'callback(null, "b");', "}"),
  (inner) => lines("{", "const scoped = 1;", inner, "}"),
  (inner) => lines("first().then((r) => {", inner.replaceAll("await ", ""), "}).catch(callback);"),
  (inner) => lines("await first().then(async (r) => {", inner, "});"),
  (inner) => lines("const main = async () => {", inner, "};", "await main();"),
];

/** Statements that settle or lead there. */
export const leaves: readonly string[] = [
  'callback(null, "leaf");',
  'return callback(null, "leaf");',
  'callback(new Error("leaf"));',
  'return callback(new Error("leaf"));',
  "callback(null, await third());",
  'const t = await third();\nif (!t.ok) return callback(new Error("leaf"));\ncallback(null, t);',
  "return third().then((t) => callback(null, t)).catch(callback);",
  'throw new Error("leaf");',
  "callback(input.payload.error, 1);",
];

/** What follows on the outermost level. */
export const tails: readonly string[] = [
  "",
  'callback(null, "tail");',
  'note("tail");\nreturn callback(null, "tail");',
];

/** Two containers in each other around a leaf, and something after. */
export function* nesting(): Generator<Template> {
  for (const outer of containers) {
    for (const inner of containers) {
      for (const leaf of leaves) {
        for (const tail of tails) {
          yield template(true, outer(inner(leaf)), tail);
        }
      }
    }
  }
}

/** One container around a leaf, with effects before and after. */
export function* containing(): Generator<Template> {
  for (const outer of containers) {
    for (const leaf of leaves) {
      for (const [before, after] of [
        ["", 'note("in");'],
        ['note("in");', ""],
        ['note("in");', 'console.info("out");'],
      ] as const) {
        for (const tail of tails) {
          yield template(true, outer(lines(before, leaf, after)), tail);
        }
      }
    }
  }
}
