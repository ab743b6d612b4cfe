import { suite } from "../../suite.ts";

const program = process.env["PROGRAM"];

/** All small programs: `npm run test:exhaustive`. With the environment variable `PROGRAM`, that one alone. */
export default suite({
  ...(program === undefined
    ? {
        include: ["test/properties/exhaustive/shard-*.ts"],
        globalSetup: ["test/properties/exhaustive/summary.ts"],
        reporters: ["dot"],
      }
    : { include: ["test/properties/one-program.ts"] }),
  pool: "forks",
});
