import { lines } from "./layout.ts";

/** One program of the enumeration. */
export interface Template {
  readonly body: string;
  readonly isAsync: boolean;
  /** Declarations above the handler. */
  readonly module?: string;
  /** Writes the handler around the body; a function declaration by default. */
  readonly handler?: (body: string, isAsync: boolean) => string;
}

/** What a chain of holes is filled with: the ways in which people write the two outcomes of a handler. */
export interface Voice {
  readonly name: string;
  readonly setup: string;
  readonly module: string;
  readonly ok: (value: string) => string;
  readonly fail: (error: string) => string;
}

const DIRECT: Voice = {
  name: "callback",
  setup: "",
  module: "",
  ok: (value) => `callback(null, ${value})`,
  fail: (error) => `callback(${error})`,
};

/** Every way to get at the callback: by name, by alias, through helpers inside and outside of the handler. */
export const voices: readonly Voice[] = [
  DIRECT,
  {
    ...DIRECT,
    name: "callback undefined",
    ok: (value) => `callback(undefined, ${value})`,
    fail: (e) => `callback(${e}, null)`,
  },
  {
    name: "const alias",
    setup: "const done = callback;",
    module: "",
    ok: (value) => `done(null, ${value})`,
    fail: (error) => `done(${error})`,
  },
  {
    name: "let alias",
    setup: "let done = callback;",
    module: "",
    ok: (value) => `done(null, ${value})`,
    fail: (error) => `done(${error})`,
  },
  {
    name: "wrapping alias",
    setup: "const done = (error, result) => callback(error, result);",
    module: "",
    ok: (value) => `done(null, ${value})`,
    fail: (error) => `done(${error})`,
  },
  {
    name: "two helpers",
    setup: lines("const succeed = (value) => callback(null, value);", "const fail = (error) => callback(error);"),
    module: "",
    ok: (value) => `succeed(${value})`,
    fail: (error) => `fail(${error})`,
  },
  {
    name: "helper that makes the error",
    setup: lines(
      "const succeed = (value) => callback(null, value);",
      "const fail = (error) => callback(new Error(String(error)));",
    ),
    module: "",
    ok: (value) => `succeed(${value})`,
    fail: (error) => `fail(${error})`,
  },
  {
    name: "outer helper that makes the error",
    setup: "",
    module: "const fail = (callback, error) => callback(new Error(String(error)));",
    ok: (value) => `callback(null, ${value})`,
    fail: (error) => `fail(callback, ${error})`,
  },
  {
    name: "logging helper",
    setup: lines("function finish(error, value) {", 'console.info("finish");', "callback(error, value);", "}"),
    module: "",
    ok: (value) => `finish(null, ${value})`,
    fail: (error) => `finish(${error})`,
  },
  {
    name: "helper with argument",
    setup: "",
    module: lines("function answer(callback, error, value) {", "callback(error, value);", "}"),
    ok: (value) => `answer(callback, null, ${value})`,
    fail: (error) => `answer(callback, ${error})`,
  },
];

/** Kinds of errors by the expression that gives them; `caught` stands for the variable of a catch, if there is one. */
export const errorKinds: readonly string[] = [
  'new Error("bad")',
  'new TypeError("bad")',
  '"bad text"',
  "`bad ${input.payload.name}`",
  '{ code: 400, message: "bad object" }',
  "{ code: 400 }",
  "0",
  '""',
  "false",
  "42",
  "null",
  "undefined",
  "nothing",
  "input.payload.error",
  "known",
];

/** Declarations that {@link errorKinds} need. */
export function errorSetup(error: string): string {
  if (error === "nothing") {
    return "let nothing;";
  }
  return error === "known" ? 'const known = new Error("known");' : "";
}

/** Complete calls of the callback, one per kind of outcome. */
export const settleCalls: readonly string[] = [
  'callback(null, "done")',
  'callback(undefined, "done")',
  "callback()",
  "callback(null)",
  "callback(null, input.payload.name)",
  "callback(null, check(1))",
  'callback(null, first("late"))',
  'callback(null, Promise.reject(new Error("late")))',
  'callback(new Error("bad"), "unused")',
  "callback(input.payload.error, input.payload.name)",
  ...errorKinds.filter((error) => error !== "nothing" && error !== "known").map((error) => `callback(${error})`),
];

/** Statements and expressions around one call of the callback. */
export const positions: readonly ((call: string) => string)[] = [
  (call) => `${call};`,
  (call) => `return ${call};`,
  (call) => `if (input.payload.bad) ${call};`,
  (call) => `if (input.payload.bad) {\nreturn ${call};\n}`,
  (call) => `if (input.payload.bad) {\n${call};\nreturn;\n}`,
  (call) => `input.payload.bad && ${call};`,
  (call) => `input.payload.bad || ${call};`,
  (call) => `input.payload.bad ? ${call} : note("else");`,
  (call) => `return input.payload.bad ? ${call} : callback(null, "else");`,
  (call) => `void ${call};`,
  (call) => `${call}, note("comma");`,
  (call) => `const given = ${call};`,
];

/** Statements that stand before or after others. */
export const sideEffects: readonly string[] = [
  "",
  'console.info("side");',
  'note("side");',
  "check(input.payload.name);",
];

/** Makes a template of a body. */
export function template(isAsync: boolean, ...body: readonly string[]): Template {
  return { body: lines(...body), isAsync };
}

/** Makes a template whose outcomes are written in a voice. */
export function spoken(voice: Voice, isAsync: boolean, ...body: readonly string[]): Template {
  return { body: lines(voice.setup, ...body), isAsync, module: voice.module };
}
