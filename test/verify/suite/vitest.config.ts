import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/verify/suite/*.ts"],
    exclude: ["**/vitest.config.ts"],
    testTimeout: 600_000,
    fileParallelism: false,
  },
});
