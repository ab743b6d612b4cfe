import { suite } from "../suite.ts";

/** The packed package as users install it, and the recipes of the README in a git repository, and tests of functions in three runners: `npm run test:package`. */
export default suite({ include: ["test/package/{tarball,recipes,testing}.ts"] });
