import { lines } from "../layout.ts";
import { template } from "../templates.ts";
import type { Template } from "../templates.ts";

type Form = (body: string, isAsync: boolean) => string;

function keyword(isAsync: boolean): string {
  return isAsync ? "async " : "";
}

/** Ways to declare a handler. */
const FORMS: readonly Form[] = [
  (body, isAsync) => lines(`const lambda = ${keyword(isAsync)}(input, callback) => {`, body, "};"),
  (body, isAsync) => lines(`const lambda = ${keyword(isAsync)}function (input, callback) {`, body, "};"),
  (body, isAsync) => lines(`var lambda = ${keyword(isAsync)}function lambda(input, callback) {`, body, "};"),
  (body, isAsync) => lines(`let lambda = ${keyword(isAsync)}(input, callback) => {`, body, "};"),
  (body, isAsync) => lines(`${keyword(isAsync)}function lambda(event, cb) {`, renamed(body), "}"),
  (body, isAsync) =>
    lines(
      `${keyword(isAsync)}function lambda({ payload }, callback) {`,
      body.replaceAll("input.payload", "payload"),
      "}",
    ),
  (body, isAsync) => lines('"use strict";', `${keyword(isAsync)}function lambda(input, callback) {`, body, "}"),
  (body, isAsync) => lines(`${keyword(isAsync)}function lambda(input, callback) {`, '"use strict";', body, "}"),
  (body, isAsync) =>
    lines("let calls = 0;", `${keyword(isAsync)}function lambda(input, callback) {`, "calls += 1;", body, "}"),
  (body, isAsync) =>
    lines(
      `${keyword(isAsync)}function lambda(input, callback) {`,
      body,
      "}",
      "function unused() {",
      "return lambda;",
      "}",
    ),
];

function renamed(body: string): string {
  return body.replaceAll(/\bcallback\b/gu, "cb").replaceAll(/\binput\b/gu, "event");
}

const BODIES: readonly (readonly [boolean, string])[] = [
  [false, 'callback(null, "done");'],
  [false, 'return callback(new Error("bad"));'],
  [false, 'if (input.payload.bad) {\nreturn callback("bad");\n}\ncallback(null, input.payload.name);'],
  [false, "first().then((r) => callback(null, r)).catch(callback);"],
  [false, "return first()\n.then((r) => callback(null, r))\n.catch((e) => callback(e));"],
  [false, "setTimeout(() => callback(null, 1), 1);"],
  [false, "read(callback);"],
  [false, "const done = callback;\nfirst().then((r) => done(null, r), done);"],
  [true, "callback(null, await first());"],
  [true, "try {\nconst r = await first();\ncallback(null, r);\n} catch (e) {\ncallback(e);\n}"],
  [
    true,
    'try {\nconst r = await first();\nif (!r.ok) return callback(new Error("bad"));\ncallback(null, r);\n} catch (e) {\ncallback(new Error("w: " + e.message));\n}',
  ],
  [true, 'const r = await first();\ncallback(null, r);\nconsole.info("after");'],
  [true, ""],
];

const EXPRESSIONS: readonly string[] = [
  "callback(null, 1)",
  'callback(new Error("bad"))',
  'input.payload.bad ? callback(new Error("bad")) : callback(null, 1)',
  "input.payload.bad && callback(null, 1)",
  "first().then((r) => callback(null, r))",
  "first().then((r) => callback(null, r)).catch(callback)",
  "first().then((r) => callback(null, r), callback)",
  "read(callback)",
  "setTimeout(callback, 1)",
  "(note(1), callback(null, 2))",
  "void callback(null, 1)",
];

/** Every way to declare a handler, around common bodies and, for arrows, single expressions. */
export function* handlerForms(): Generator<Template> {
  for (const [isAsync, body] of BODIES) {
    for (const handler of FORMS) {
      yield { ...template(isAsync, body), handler };
    }
  }
  for (const expression of EXPRESSIONS) {
    for (const isAsync of [false, true]) {
      const handler: Form = (body) => `const lambda = ${keyword(isAsync)}(input, callback) => ${body};`;
      yield { ...template(isAsync, expression), handler };
    }
  }
  for (const expression of ["callback(null, await first())", "callback(await first())"]) {
    yield { ...template(true, expression), handler: (body) => `const lambda = async (input, callback) => ${body};` };
  }
}
