/**
 * What is told of right results, each with the reason: the types of V1 are `any` in many places, and those of a helper say
 * more. A result that is not in this list has no type error of its own.
 */
export const told: ReadonlyMap<string, string> = new Map([
  [
    "adversarial/head-gives-headers: Property 'etag' does not exist on type 'string | { [k: string]: any; }'. at etag",
    "the helper gives headers for HEAD and a text otherwise; which of them depends on a value",
  ],
  [
    "adversarial/head-gives-headers: Type '{ [k: string]: any; }' is missing the following properties from type '{ statusCode: any; headers: { [k: string]: any; }; body: any; }': statusCode, headers, body at error.response",
    "as above: the error of HEAD holds the headers where others hold the response",
  ],
  [
    "transforms/declare-globals/a-function-above-its-value: Operator '+' cannot be applied to types 'undefined' and '1'. at counter + 1",
    "the original counts from undefined as well, but of a global nobody knows the type",
  ],
  [
    "transforms/promise-chain-to-await/two-callbacks-then-more: Expected 0 arguments, but got 1. at error",
    "the handler of the original ignores what the promise gives",
  ],
  ["transforms/promise-chain-to-await/two-callbacks-then-more: Expected 0 arguments, but got 1. at value", "as above"],
  [
    "transforms/require-to-import/let-and-var: Type 'typeof constants' is missing the following properties from type 'typeof import(\"os\")': hostname, loadavg, uptime, freemem, and 19 more. at os",
    "the original puts another module into the variable",
  ],
]);
