import { defineConfig } from "vitest/config";

/** The recipes of the README, in a git repository with the packed package: `npm run test:package`. */
// eslint-disable-next-line no-restricted-syntax -- vitest asks for a default export
export default defineConfig({
  test: { include: ["test/package/recipes.ts"], testTimeout: 120_000 },
});
