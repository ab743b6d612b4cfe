import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    coverage: {
      provider: "v8",
      include: ["src/analysis/**", "src/edits/**", "transforms/**"],
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
