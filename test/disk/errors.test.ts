import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isTooManyFiles } from "../../src/disk/errors.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const withCode = (code: string, message = code): Error => Object.assign(new Error(message), { code });

const notFound = (what: string): Error =>
  withCode("ERR_MODULE_NOT_FOUND", `Cannot find ${what} imported from ${ROOT}src/cli/main.js`);

it.each([
  [withCode("EMFILE"), true],
  [withCode("ENFILE"), true],
  [withCode("ERR_WORKER_INIT_FAILED", "Worker initialization failure: EMFILE"), true],
  [withCode("ERR_WORKER_INIT_FAILED", "Worker initialization failure: EBADF"), false],
  [withCode("ENOENT", "no EMFILE"), false],
  ["EMFILE", false],
  // What Node.js says where it can't open the package.json or the file.
  [notFound(`package '${ROOT}node_modules/jsonc-parser/index.js'`), true],
  [notFound("package 'acorn'"), true],
  [notFound(`module '${ROOT}src/disk/errors.ts'`), true],
  [notFound(`package '${ROOT}node_modules/nowhere/index.js'`), false],
  [notFound("package 'nowhere'"), false],
  [withCode("ERR_MODULE_NOT_FOUND", "said otherwise"), false],
])("%s says that too many files are open: %s", (error, isTold) => {
  expect(isTooManyFiles(error)).toBe(isTold);
});
