import { suite } from "./test/suite.ts";

const thresholds = { lines: 95, branches: 95 };

/**
 * Every `*.test.ts`: what `vitest run <path>` and `npm run test:coverage` run. `npm test` leaves out what takes long, and
 * other suites have a configuration in their folder; `npm run test:all` runs all.
 */
export default suite({
  include: ["test/**/*.test.ts"],
  coverage: {
    provider: "v8",
    include: ["src/analysis/**", "src/edits/**", "transforms/**"],
    exclude: ["test/**"],
    reporter: ["text", "html"],
    // Of each folder by itself: a well tested one must not hide another.
    thresholds: { "src/analysis/**": thresholds, "src/edits/**": thresholds, "transforms/**": thresholds },
  },
});
