import { suite } from "../../suite.ts";

/** All small programs: `npm run test:exhaustive`. */
export default suite({
  include: ["test/properties/exhaustive/shard-*.ts"],
  globalSetup: ["test/properties/exhaustive/summary.ts"],
  pool: "forks",
  reporters: ["dot"],
});
