import { expect, it } from "vitest";
import { isTooManyFiles } from "../../src/disk/errors.ts";

const withCode = (code: string, message = code): Error => Object.assign(new Error(message), { code });

it.each([
  [withCode("EMFILE"), true],
  [withCode("ENFILE"), true],
  [withCode("ERR_WORKER_INIT_FAILED", "Worker initialization failure: EMFILE"), true],
  [withCode("ERR_WORKER_INIT_FAILED", "Worker initialization failure: EBADF"), false],
  [withCode("ENOENT", "no EMFILE"), false],
  ["EMFILE", false],
])("%s says that too many files are open: %s", (error, isTold) => {
  expect(isTooManyFiles(error)).toBe(isTold);
});
