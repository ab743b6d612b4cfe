import { existsSync, rmSync } from "node:fs";
import { expect, inject } from "vitest";

/**
 * Compares a text with the file that holds what is expected. `npm run update` writes the file anew, and removes it
 * where nothing is expected.
 *
 * @param text undefined where there must be no such file
 */
export async function expectFile(path: string, text: string | undefined): Promise<void> {
  if (text !== undefined) {
    await expect(text).toMatchFileSnapshot(path);
    return;
  }
  if (inject("isUpdate")) rmSync(path, { force: true });
  expect(existsSync(path), `${path} must not exist: npm run update removes it`).toBe(false);
}
