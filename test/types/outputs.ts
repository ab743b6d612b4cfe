import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

import { examplesOf } from "../../scripts/examples.ts";
import { steps } from "../../src/migrate/steps.ts";
import { newErrors } from "../../src/types/check-run.ts";
import { TypeChecker } from "../../src/types/type-errors.ts";
import { caseNames, migratedAs } from "../functions/cases.ts";
import { told } from "./told.ts";

/** A text before and after, with a name to tell it by. */
interface Pair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const FIXTURES = join(import.meta.dirname, "../../fixtures");

const checker = new TypeChecker();
let count = 0;

/** The new errors of all texts that the list does not know, as `name: message at excerpt`. */
function errorsOf(pairs: readonly Pair[]): string[] {
  const changed = pairs.filter(({ before, after }) => before !== after);
  count += changed.length;
  const found = newErrors(changed.map(functionOf), checker).map((errors, index) => {
    const lines = errors.map(({ message, excerpt }) => `${changed[index]?.name ?? ""}: ${message} at ${excerpt}`);
    // What is told of a result is as right of the same in the other style.
    return lines.filter((line) => !told.has(line.replace(" (idiomatic): ", ": ")));
  });
  return found.flat();
}

const functionOf = ({ name, before, after }: Pair) => ({
  path: join(FIXTURES, `${name}.checked.js`),
  change: { before, after },
});

const textOf = (path: string): string => readFileSync(join(FIXTURES, path), "utf8");

it("results of the faithful style have no type errors of their own", () => {
  const changed = caseNames.filter((name) => existsSync(join(FIXTURES, name, "expected.js")));
  const pairOf = (name: string): Pair => ({
    name,
    before: textOf(`${name}/index.js`),
    after: textOf(`${name}/expected.js`),
  });
  expect(errorsOf(changed.map(pairOf))).toEqual([]);
});

it("results of the idiomatic style have none", () => {
  const pairOf = (name: string): Pair => {
    const { original, result } = migratedAs("idiomatic", name);
    return { name: `${name} (idiomatic)`, before: original, after: result.text };
  };
  expect(errorsOf(caseNames.map(pairOf))).toEqual([]);
});

/** One step leaves a file between the versions: it may be right for either toolbelt. */
function errorsBetween(pairs: readonly Pair[]): string[] {
  const asModern = ({ after, ...pair }: Pair): Pair => ({
    ...pair,
    after: after.replaceAll("lp-faas-toolbelt", "core-functions-toolbelt"),
  });
  const doubtful = new Set(errorsOf(pairs).map((line) => line.split(": ")[0]));
  const left = pairs.filter(({ name }) => doubtful.has(name)).map(asModern);
  return newErrors(left.map(functionOf), checker).flatMap((errors, index) =>
    errors.map(({ message, excerpt }) => `${left[index]?.name ?? ""}: ${message} at ${excerpt}`),
  );
}

it("results of each transform have none", () => {
  const folders = readdirSync(join(FIXTURES, "transforms"), { recursive: true, encoding: "utf8" })
    .map((path) => `transforms/${path.replaceAll("\\", "/")}`)
    .filter((path) => existsSync(join(FIXTURES, path, "expected.js")));
  const pairOf = (name: string): Pair => ({
    name,
    before: textOf(`${name}/input.js`),
    after: textOf(`${name}/expected.js`),
  });
  expect(errorsBetween(folders.map(pairOf))).toEqual([]);
});

it("examples of the documentation have none", () => {
  const pairs = steps.flatMap(({ id }) =>
    examplesOf(textOf(`../docs/transforms/${id}.md`), "## Before and after").map((example, index) => ({
      ...example,
      name: `docs/transforms/${id} ${String(index + 1)}`,
    })),
  );
  expect(errorsBetween(pairs)).toEqual([]);
});

afterAll(() => {
  console.info(`${String(count)} results type-checked`);
});
