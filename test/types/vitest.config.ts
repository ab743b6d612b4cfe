import { suite } from "../suite.ts";

/** The declarations under each compiler, and what type-checks against them: `npm run test:types`. */
export default suite({ include: ["test/types/{assertions,check-run,outputs,side-by-side,tables,templates}.ts"] });
