import { defineConfig } from "vitest/config";

/** All combinations in both styles: `npm run test:http-matrix`. */
// eslint-disable-next-line no-restricted-syntax -- vitest asks for a default export
export default defineConfig({
  test: { include: ["test/http-matrix/all.ts"], testTimeout: 120_000, reporters: ["dot"] },
});
