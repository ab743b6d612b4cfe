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
      // Kept in node_modules: a second run does not transform what has not changed, a fifth of the CPU time of a suite.
      experimental: { fsModuleCache: true },
      ...test,
      globalSetup: ["test/setup.ts", ...[test.globalSetup ?? []].flat()],
    },
  });
}
