import { suite } from "../../suite.ts";

/**
 * What is too long for `npm test`: planted faults, false alarms, the cost, containment, and the real things beside the
 * simulated. A sample of it, or all of it where `VERIFY` is `all`.
 */
export default suite({
  include: ["test/verify/suite/*.ts", "test/verify/containment.test.ts"],
  exclude: ["**/vitest.config.ts", "**/harmless-faults.ts"],
  env: { VERIFY: process.env["VERIFY"] === "all" ? "all" : "sample" },
  fileParallelism: false,
});
