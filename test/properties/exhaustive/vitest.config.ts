import { defineConfig } from "vitest/config";

/** All small programs: `vitest run --config test/properties/exhaustive/vitest.config.ts`. */
// eslint-disable-next-line no-restricted-syntax -- vitest asks for a default export
export default defineConfig({
  test: {
    include: ["test/properties/exhaustive/shard-*.ts"],
    globalSetup: ["test/properties/exhaustive/summary.ts"],
    pool: "forks",
    maxWorkers: 2,
    reporters: ["dot"],
  },
});
