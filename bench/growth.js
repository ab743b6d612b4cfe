// How the cost of one migration grows with the length of the function: the exponent is 1 where it grows with it.
import process from "node:process";
import { URL } from "node:url";
import { functionText } from "../bench/functions.js";
import { growingInputs } from "../bench/growing-inputs.js";

/** @typedef {typeof import("../src/migrate/index.ts")} Compiled */
const compiled = new URL("../dist/src/migrate/index.js", import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
const { migrateSource } = /** @type {Compiled} */ (await import(compiled));

/** CPU time of a migration in milliseconds: the least of three. */
function timeOf(/** @type {string} */ text) {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    migrateSource("index.js", text, { style: "faithful" });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/** @typedef {{ readonly name: string, readonly milliseconds: readonly number[], readonly exponent: number }} Growth */

/**
 * @param {readonly number[]} sizes
 * @returns {Growth[]}
 */
export function measureGrowth(sizes) {
  for (let index = 0; index < 100; index += 1) timeOf(functionText(index));
  return Object.entries(growingInputs).map(([name, input]) => {
    const milliseconds = sizes.map((size) => timeOf(input(size)));
    const [before = 1, last = 1] = milliseconds.slice(-2);
    const [smaller = 1, largest = 1] = sizes.slice(-2);
    return { name, milliseconds, exponent: Math.log(last / before) / Math.log(largest / smaller) };
  });
}
