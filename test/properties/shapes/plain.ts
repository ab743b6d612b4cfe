import { block, lines } from "../layout.ts";
import { errorKinds, errorSetup, positions, settleCalls, sideEffects, spoken, template, voices } from "../templates.ts";
import type { Template } from "../templates.ts";

/** One call of the callback: every outcome in every position, between side effects. */
export function* oneCall(): Generator<Template> {
  for (const isAsync of [false, true]) {
    for (const call of settleCalls) {
      for (const position of positions) {
        for (const after of ["", 'note("after");', "return 1;"]) {
          yield template(isAsync, position(call), after);
        }
      }
      for (const before of sideEffects) {
        for (const after of [...sideEffects, "return;", 'throw new Error("after");', "await second();"]) {
          if (isAsync || !after.includes("await")) {
            yield template(isAsync, before, `${call};`, after);
          }
        }
      }
    }
  }
}

const PAIRS: readonly (readonly [string, string])[] = [
  ["callback(null, 1)", "callback(null, 2)"],
  ['callback(new Error("one"))', "callback(null, 2)"],
  ["callback(null, 1)", 'callback(new Error("two"))'],
  ['callback("text")', "callback(null, 2)"],
  ["callback(input.payload.error)", "callback(null, 2)"],
  ["callback(null, check(1))", "callback(null, check(2))"],
];

/** Two calls of the callback, the first of them perhaps conditional. */
export function* twoCalls(): Generator<Template> {
  for (const isAsync of [false, true]) {
    for (const [one, two] of PAIRS) {
      for (const position of positions) {
        for (const middle of sideEffects) {
          for (const last of [`${two};`, `return ${two};`]) {
            yield template(isAsync, position(one), middle, last);
          }
        }
      }
    }
  }
}

/** Every way to name the callback, around the common skeletons of handlers. */
export function* aliases(): Generator<Template> {
  for (const voice of voices) {
    const { ok, fail } = voice;
    for (const error of errorKinds) {
      yield spoken(
        voice,
        false,
        errorSetup(error),
        block("if (input.payload.bad)", `return ${fail(error)};`),
        `${ok("1")};`,
      );
      yield spoken(
        voice,
        true,
        errorSetup(error),
        `const r = await first();`,
        block("if (!r.ok)", `return ${fail(error)};`),
        `${ok("r")};`,
      );
      yield spoken(
        voice,
        true,
        errorSetup(error),
        block("try", "const r = await first();", `${ok("r")};`),
        block("catch (e)", `${fail(error)};`),
      );
      // What is answered in the `try` must not be heard by its `catch`.
      yield spoken(
        voice,
        true,
        errorSetup(error),
        block("try", "const r = await first();", `if (!r.ok) return ${fail(error)};`, `${ok("r")};`),
        block("catch (e)", `${fail('new Error("caught: " + e.message)')};`),
      );
      yield spoken(voice, false, errorSetup(error), `first().then((r) => ${ok("r")}).catch(() => ${fail(error)});`);
    }
    for (const after of [...sideEffects, `${ok("2")};`]) {
      yield spoken(voice, false, `${ok("1")};`, after);
      yield spoken(voice, false, `first().then((r) => ${ok("r")}, (e) => ${fail("e")});`, after);
      yield spoken(voice, true, block("try", `${ok("await first()")};`), block("catch (e)", `${fail("e")};`), after);
      yield spoken(
        voice,
        true,
        block("try", "await first();"),
        block("catch (e)", `${fail("e")};`),
        after,
        `${ok("3")};`,
      );
    }
  }
}

const ENDS: readonly string[] = [
  'callback(null, "A");',
  'return callback(null, "A");',
  'callback(new Error("A"));',
  'return callback(new Error("A"));',
  'throw new Error("A");',
  'note("A");',
  "",
];

/** if / else with an end in each arm and one after. */
export function* branches(): Generator<Template> {
  for (const yes of ENDS) {
    for (const no of ENDS) {
      for (const after of [
        "",
        'console.info("tail");',
        'callback(null, "C");',
        'note("t");\ncallback(null, "C");',
        'return callback(new Error("C"));',
      ]) {
        const other = no.replaceAll('"A"', '"B"');
        const arms = lines("if (input.payload.bad) {", yes, no === "" ? "}" : lines("} else {", other, "}"));
        yield template(false, arms, after);
        yield template(true, "const r = await first();", arms.replace("input.payload.bad", "r.ok"), after);
      }
    }
  }
}

const CASES: readonly string[] = [
  'callback(null, "A");',
  'callback(null, "A");\nbreak;',
  'return callback(null, "A");',
  'callback(new Error("A"));\nbreak;',
  'callback(new Error("A"));',
  'note("A");\nbreak;',
  'note("A");',
];

/** switch with and without fall-through. */
export function* switches(): Generator<Template> {
  for (const one of CASES) {
    for (const two of CASES) {
      for (const rest of ["", "return callback(null, 3);", 'callback(new Error("D"));', "break;"]) {
        for (const after of ["", 'callback(null, "end");']) {
          yield template(
            false,
            lines("switch (input.payload.kind) {", 'case "a":', one, 'case "b":', two.replaceAll('"A"', '"B"')),
            rest === "" ? "" : lines("default:", rest),
            "}",
            after,
          );
        }
      }
    }
  }
}
