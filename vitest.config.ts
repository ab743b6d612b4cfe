import { defineConfig } from "vitest/config";

const thresholds = { lines: 95, branches: 95 };

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    coverage: {
      provider: "v8",
      include: ["src/analysis/**", "src/edits/**", "transforms/**"],
      exclude: ["test/**"],
      reporter: ["text", "html"],
      // Of each folder by itself: a well tested one must not hide another.
      thresholds: { "src/analysis/**": thresholds, "src/edits/**": thresholds, "transforms/**": thresholds },
    },
  },
});
