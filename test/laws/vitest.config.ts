import { defineConfig } from "vitest/config";

/** The laws over all that they can be tried on; `npm test` tries a sample: `npm run test:laws`. */
// eslint-disable-next-line no-restricted-syntax -- vitest asks for a default export
export default defineConfig({
  test: {
    include: ["test/laws/**/*.test.ts", "test/laws/**/*.law.ts"],
    env: { LAWS: "all" },
    testTimeout: 600_000,
    maxWorkers: 2,
  },
});
