import { suite } from "../../suite.ts";

/** What is too long for `npm test`: planted faults, false alarms, the cost, and the real things beside the simulated. */
export default suite({
  include: ["test/verify/suite/*.ts"],
  exclude: ["**/vitest.config.ts", "**/harmless-faults.ts"],
  fileParallelism: false,
});
