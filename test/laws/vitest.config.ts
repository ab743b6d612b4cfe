import { suite } from "../suite.ts";

/**
 * What holds for every function, whatever it looks like: `npm run test:laws`. Laws in `*.test.ts` try a sample in
 * `npm run test:coverage`, and all they can think of where `LAWS` is `all`; so do some suites of other folders.
 */
export default suite({
  include: [
    "test/laws/*.test.ts",
    "test/functions/behaviour.test.ts",
    "test/functions/idiomatic.test.ts",
    "test/rules/fixtures.test.ts",
    "test/rules/transforms.test.ts",
    "test/transforms/*-idiomatic.test.ts",
    "test/transforms/*.behaviour.test.ts",
  ],
  env: { LAWS: "all" },
  globalSetup: ["test/laws/summary.ts"],
  reporters: ["dot"],
});
