import { block, lines } from "../layout.ts";
import { template } from "../templates.ts";
import type { Template } from "../templates.ts";

const TRIED: readonly string[] = [
  "const r = await first();\ncallback(null, r);",
  "const r = await first();\nreturn callback(null, r);",
  "callback(null, await first());",
  "callback(null, first());",
  "return callback(null, first());",
  "const r = await first();\ncallback(null, check(r));",
  'const r = await first();\nif (!r.ok) {\nreturn callback(new Error("not ok"));\n}\ncallback(null, r);',
  'const r = await first();\nif (!r.ok) {\ncallback(new Error("not ok"));\n}\ncallback(null, r);',
  'const r = await first();\nif (!r.ok) {\nthrow new Error("not ok");\n}\ncallback(null, r);',
  'const r = await first();\nif (!r.ok) return callback("not ok");\nreturn callback(null, r);',
  "const r = await first();\nconst s = await second(r.name);\ncallback(null, s);",
  "callback(null, 1);\nawait first();",
  "await first();",
  "value = await first();",
  "first().then((r) => callback(null, r));",
  "return first().then((r) => callback(null, r));",
  "await first().then((r) => callback(null, r));",
];

const CAUGHT: readonly string[] = [
  "callback(e);",
  "return callback(e);",
  "callback(e, null);",
  'console.error("failed", e.message);\ncallback(e);',
  'note("failed");\nreturn callback(e);',
  'callback(new Error("wrapped: " + e.message));',
  'callback("failed " + e.message);',
  'callback(null, "fallback");',
  'return callback(null, "fallback");',
  "callback(null, e.message);",
  'console.error("failed");',
  "throw e;",
  'throw new Error("rethrown: " + e.message);',
  'if (e.code === "E_FIRST") {\nreturn callback(null, "known");\n}\ncallback(e);',
  "callback(await second(e.message));",
  "callback({ message: e.message, code: e.code });",
];

const TAILS: readonly string[] = [
  "",
  "note(1);",
  'callback(null, "tail");',
  'console.info("tail");\ncallback(null, "tail");',
  "callback(null, value);",
];

const FINALLY: readonly string[] = [
  'console.info("finally");',
  'note("finally");',
  'callback(null, "finally");',
  "await third();",
  "return;",
];

/** try / catch in an async handler: every body with every handler and what follows. */
export function* tryCatch(): Generator<Template> {
  for (const tried of TRIED) {
    for (const caught of CAUGHT) {
      for (const tail of TAILS) {
        const setup = (tried + tail).includes("value") ? "let value;" : "";
        yield template(true, setup, lines("try {", tried, "} catch (e) {", caught, "}"), tail);
      }
    }
  }
}

/** try with finally, with and without catch. */
export function* tryFinally(): Generator<Template> {
  for (const tried of TRIED) {
    for (const finalizer of FINALLY) {
      for (const caught of [
        "",
        "callback(e);",
        "return callback(e);",
        'callback(null, "fallback");',
        "throw e;",
        'note("x");',
      ]) {
        for (const tail of caught === "" ? TAILS.slice(0, 3) : TAILS.slice(0, 2)) {
          const handler = caught === "" ? "" : lines("} catch (e) {", caught);
          const setup = tried.includes("value") ? "let value;" : "";
          yield template(true, setup, lines("try {", tried, handler, "} finally {", finalizer, "}"), tail);
        }
      }
    }
  }
}

const SYNC_TRIED: readonly string[] = [
  "callback(null, check(1));",
  "return callback(null, check(1));",
  'if (input.payload.bad) return callback(new Error("bad"));\ncallback(null, check(1));',
  'check(1);\nif (input.payload.bad) throw new Error("bad");\ncallback(null, 1);',
  "callback(null, first());",
  "callback(null, 1);\ncheck(1);",
  "first().then((r) => callback(null, r));",
  "return first().then((r) => callback(null, r)).catch(callback);",
];

/** try in handlers that are not async. */
export function* syncTries(): Generator<Template> {
  for (const tried of SYNC_TRIED) {
    for (const caught of CAUGHT.filter((text) => !text.includes("await"))) {
      for (const finalizer of ["", 'note("finally");']) {
        for (const tail of ["", 'callback(null, "tail");']) {
          const end = finalizer === "" ? "}" : lines("} finally {", finalizer, "}");
          yield template(false, lines("try {", tried, "} catch (e) {", caught, end), tail);
        }
      }
    }
  }
}

/** A try inside the try or catch of another. */
export function* nestedTries(): Generator<Template> {
  for (const inner of TRIED.slice(0, 12)) {
    for (const caught of CAUGHT.slice(0, 14)) {
      const nested = lines("try {", inner, "} catch (e) {", caught, "}");
      for (const outer of ["callback(e);", 'callback(new Error("outer: " + e.message));', 'callback(null, "outer");']) {
        yield template(true, block("try", nested), block("catch (e)", outer));
      }
      yield template(true, block("try", 'note("start");', "await third();"), block("catch (error)", nested));
    }
  }
}
