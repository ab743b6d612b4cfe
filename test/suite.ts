import { defineConfig } from "vitest/config";
import type { TestUserConfig, ViteUserConfig } from "vitest/config";

/** Tells a test that hangs from one that is slow, on the slowest machine. No limit for the time that a test takes. */
const HANG_GUARD_MS = 600_000;

/** The configuration of one suite: what is said here holds for all of them. */
export function suite(test: TestUserConfig): ViteUserConfig {
  return defineConfig({
    test: {
      testTimeout: HANG_GUARD_MS,
      hookTimeout: HANG_GUARD_MS,
      // The files of a worker share the modules that they import: no test changes what others see.
      isolate: false,
      ...test,
      globalSetup: ["test/setup.ts", ...[test.globalSetup ?? []].flat()],
    },
  });
}
