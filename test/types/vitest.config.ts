import { suite } from "../suite.ts";

/** The declarations under each compiler, and what type-checks against them: `npm run test:types`. */
export default suite({
  include: ["test/types/*.test.ts", "test/types/{outputs,side-by-side}.ts"],
  env: { TYPES: "all" },
});
