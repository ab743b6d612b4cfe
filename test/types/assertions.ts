import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

import { compile, compilers, DECLARATIONS } from "./compilers.ts";

const files = ["modern.ts", "legacy.ts"].map((name) => join(import.meta.dirname, "assertions", name));
const declarations = ["core-functions-toolbelt", "lp-faas-toolbelt"].map((name) => `${DECLARATIONS}${name}.d.ts`);
const nodeTypes = join(import.meta.dirname, "../../node_modules/@types");
const options = [
  "--noEmit",
  "--strict",
  "--allowImportingTsExtensions",
  "--target",
  "es2022",
  "--types",
  "node",
  "--typeRoots",
  nodeTypes,
];

it.each(compilers)("%s takes what is right, and nothing else", async (compiler) => {
  const modules = ["--module", "nodenext", ...options];
  expect(await compile(compiler, [...declarations, ...files, ...modules])).toBe("");
});

afterAll(() => {
  const texts = files.map((file) => readFileSync(file, "utf8")).join("");
  const count = texts.match(/assertType<\s*Equal|@ts-expect-error/gu)?.length ?? 0;
  console.info(`${String(count)} type assertions under ${String(compilers.length)} versions of TypeScript`);
});
