import { block, lines } from "../layout.ts";
import { template } from "../templates.ts";
import type { Template } from "../templates.ts";

const MAINS: readonly string[] = [
  "const r = await first();\ncallback(null, r);",
  "const r = await first();\nreturn callback(null, r);",
  "const r = await first();\nreturn r;",
  'const r = await first();\nif (!r.ok) {\nthrow new Error("not ok");\n}\nreturn r;',
  "try {\nconst r = await first();\ncallback(null, r);\n} catch (e) {\ncallback(e);\n}",
  'try {\nconst r = await first();\nif (!r.ok) return callback(new Error("not ok"));\ncallback(null, r);\n} catch (e) {\ncallback(new Error("w: " + e.message));\n}',
  "callback(null, await second());\nawait first();",
  'if (input.payload.bad) {\nreturn callback(new Error("bad"));\n}\nconst r = await first();\ncallback(null, r);',
];

const MAIN_CALLS: readonly string[] = [
  "main();",
  "return main();",
  "main().catch(callback);",
  "main().catch((e) => callback(e));",
  "main().then((r) => callback(null, r)).catch(callback);",
  "main().then((r) => callback(null, r), callback);",
  "await main();",
  "try {\nawait main();\n} catch (e) {\ncallback(e);\n}",
  "try {\nconst r = await main();\ncallback(null, r);\n} catch (e) {\ncallback(e);\n}",
  'main();\nnote("after");',
];

/** An inner async function that does the work, declared or written in place. */
export function* innerMains(): Generator<Template> {
  for (const main of MAINS) {
    for (const call of MAIN_CALLS) {
      const declarations = [block("async function main()", main), lines("const main = async () => {", main, "};")];
      for (const declaration of declarations) {
        yield template(call.includes("await"), declaration, call);
        yield template(true, declaration, call);
      }
      yield template(true, call, block("async function main()", main));
      const written = call.replace("main()", lines("(async () => {", main, "})()"));
      yield template(true, written);
      yield template(call.includes("await"), written.replace("(async () =>", "(async function ()"));
    }
  }
}

const LATER: readonly string[] = [
  'callback(null, "late");',
  'return callback(null, "late");',
  'callback(new Error("late"));',
  'callback("late");',
  'console.info("tick");\ncallback(null, "late");',
  "check(1);\ncallback(null, 1);",
  "first().then((r) => callback(null, r)).catch(callback);",
  'callback(null, "late");\ncallback(new Error("twice"));',
  "",
];

const AFTER: readonly string[] = ["", 'note("sync");', 'callback(null, "sync");', 'throw new Error("sync");'];

/** Timers with the callback inside. */
export function* timers(): Generator<Template> {
  for (const later of LATER) {
    for (const after of AFTER) {
      for (const isAsync of [false, true]) {
        yield template(isAsync, "setTimeout(() => {", later, "}, 5);", after);
        yield template(isAsync, "setTimeout(function () {", later, "}, 50);", "first();", after);
        yield template(isAsync, "setImmediate(() => {", later, "});", after);
        yield template(
          isAsync,
          "const timer = setTimeout(() => {",
          later,
          "}, 50);",
          "first().then(() => clearTimeout(timer));",
          after,
        );
        yield template(
          isAsync,
          'const timer = setTimeout(() => callback(new Error("time")), 50);',
          "first().then((r) => {",
          "clearTimeout(timer);",
          later,
          "}).catch(callback);",
          after,
        );
      }
      yield template(true, "await new Promise((resolve) => setTimeout(resolve, 5));", later, after);
      yield template(
        true,
        lines("await new Promise((resolve) => {", "setTimeout(() => {", later, "resolve();", "}, 5);", "});"),
        after,
      );
    }
  }
}

const READERS: readonly string[] = [
  "callback",
  "(e, r) => callback(e, r)",
  "(e, r) => {\ncallback(e, r);\n}",
  "(e) => callback(e)",
  "(e, r) => {\nif (e) return callback(e);\ncallback(null, r);\n}",
  "(e, r) => {\nif (e) {\ncallback(e);\n} else {\ncallback(null, r);\n}\n}",
  "(e, r) => {\nif (e) callback(e);\nelse callback(null, r);\n}",
  '(e, r) => {\nif (e) {\ncallback(new Error("w: " + e));\n}\ncallback(null, r);\n}',
  "function (e, r) {\nconsole.info(r);\nreturn callback(e, r);\n}",
  "(e, r) => e ? callback(e) : callback(null, r)",
  "(e, r) => callback(e || null, r)",
  "(e, r) => {\nif (e !== null && e !== undefined) throw e;\ncallback(null, r);\n}",
];

/** Node-style operations that get a function or the callback itself. */
export function* nodeStyle(): Generator<Template> {
  for (const reader of READERS) {
    for (const after of AFTER) {
      for (const isAsync of [false, true]) {
        yield template(isAsync, `read(${reader});`, after);
        yield template(isAsync, `read("file", ${reader});`, after);
        yield template(isAsync, `return read(${reader});`);
        yield template(isAsync, "try {", `read(${reader});`, "} catch (e) {", "callback(e);", "}", after);
      }
    }
    yield template(true, "const r = await first();", `read(r.name, ${reader});`);
    yield template(false, `first().then((r) => read(r.name, ${reader})).catch(callback);`);
  }
}

/** Names that hide the callback, other parameter names, and callbacks that nobody calls. */
export function* names(): Generator<Template> {
  const uses = ['callback(null, "A");', 'return callback(null, "A");', 'callback(new Error("A"));'];
  for (const use of uses) {
    for (const isAsync of [false, true]) {
      yield template(
        isAsync,
        "const each = (list, callback) => list.forEach((item) => callback(item));",
        'each(["x"], (item) => note(item));',
        use,
      );
      yield template(isAsync, "{", "const callback = (error, value) => note(value);", use, "}", "callback(null, 1);");
      yield template(isAsync, "function finish(callback) {", use, "}", "finish(callback);");
      yield template(
        isAsync,
        "function finish(callback) {",
        use,
        "}",
        "finish((error, value) => note(value));",
        "callback(null, 1);",
      );
      yield template(isAsync, "var result = 1;", "const lambdaWithCallback = 2;", use);
      yield template(isAsync, "const result = check(1);", use, "note(result);");
      yield template(isAsync, "const resolve = 1;", "const reject = 2;", use, "note(resolve + reject);");
      yield template(isAsync, "[1, 2].forEach(callback);", use);
      yield template(isAsync, "const box = { callback };", "box.callback(null, 1);", use);
      yield template(isAsync, "callback.call(null, null, 1);", use);
      yield template(isAsync, "callback.apply(null, [null, 1]);", use);
      yield template(isAsync, "callback(...[null, 1]);", use);
      yield template(isAsync, "typeof callback === 'function' && callback(null, 1);", use);
      yield template(isAsync, "if (callback) {", use, "}");
      yield template(isAsync, "label: {", "if (input.payload.bad) break label;", use, "}", "callback(null, 1);");
      yield template(isAsync, "const run = () => {", use, "};", "run();", 'note("after");');
      yield template(isAsync, "const run = async () => {", "await first();", use, "};", "run();");
      yield template(isAsync, "const run = () => first().then(() => {", use, "});", "return run();");
    }
  }
}
