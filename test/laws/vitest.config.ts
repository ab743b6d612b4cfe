import { suite } from "../suite.ts";

/**
 * What holds for every function, whatever it looks like: `npm run test:laws`. Laws in `*.test.ts` try a sample in
 * `npm test`, and all they can think of where `LAWS` is `all`; those in `*.law.ts` run here alone.
 */
export default suite({
  include: ["test/laws/*.{law,test}.ts"],
  env: { LAWS: "all" },
  globalSetup: ["test/laws/summary.ts"],
  reporters: ["dot"],
});
