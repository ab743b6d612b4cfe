import { block } from "../layout.ts";
import { template } from "../templates.ts";
import type { Template } from "../templates.ts";

const HEADERS: readonly string[] = [
  "for (const item of input.payload.items)",
  "for (let i = 0; i < 3; i += 1)",
  "for (const item in input.payload.items)",
  "while (count++ < 2)",
];

const CALLS: readonly string[] = ["callback(null, 1)", 'callback(new Error("item"))', "callback(input.payload.error)"];

function bodies(call: string): string[] {
  return [
    `${call};`,
    `return ${call};`,
    `${call};\nbreak;`,
    `${call};\ncontinue;`,
    `if (input.payload.bad) return ${call};`,
    `if (input.payload.bad) {\n${call};\nbreak;\n}`,
    `if (input.payload.bad) ${call};`,
    `if (!input.payload.bad) continue;\nreturn ${call};`,
    `note("turn");\nif (input.payload.bad) {\n${call};\nreturn;\n}`,
  ];
}

/** Loops that call back inside, wait inside, or both, with a call after them. */
export function* loops(): Generator<Template> {
  for (const header of HEADERS) {
    const setup = header.startsWith("while") ? "let count = 0;" : "";
    for (const call of CALLS) {
      for (const body of bodies(call)) {
        for (const after of ["", 'callback(null, "end");', 'return callback(null, "end");']) {
          yield template(false, setup, block(header, body), after);
          yield template(true, setup, block(header, "await first();", body), after);
          yield template(
            true,
            setup,
            block("try", block(header, "await first();", body)),
            block("catch (e)", "callback(e);"),
            after,
          );
        }
      }
    }
  }
}

const METHODS: readonly string[] = ["forEach", "map", "some", "filter"];

/** Array methods with the callback in their function, and for-await over the results of a map. */
export function* arrayMethods(): Generator<Template> {
  for (const method of METHODS) {
    for (const call of CALLS) {
      for (const body of bodies(call).filter((text) => !/\b(?:break|continue)\b/u.test(text))) {
        for (const after of ["", 'callback(null, "end");', 'note("after");\ncallback(null, "end");']) {
          yield template(false, `input.payload.items.${method}((item) => {`, body, "});", after);
          yield template(
            true,
            `input.payload.items.${method}(async (item) => {`,
            "await first(item);",
            body,
            "});",
            after,
          );
        }
      }
    }
    for (const end of ["callback(null, all)", "return callback(null, all)"]) {
      yield template(
        true,
        `const all = await Promise.all(input.payload.items.${method}((item) => first(item)));`,
        `${end};`,
      );
      yield template(
        false,
        `Promise.all(input.payload.items.${method}((item) => first(item))).then((all) => {`,
        `${end};`,
        "}).catch(callback);",
      );
      yield template(
        true,
        "try {",
        `const all = await Promise.all(input.payload.items.${method}(async (item) => {`,
        "const r = await first(item);",
        "return r.name;",
        "}));",
        `${end};`,
        "} catch (e) {",
        "callback(e);",
        "}",
      );
    }
  }
}
