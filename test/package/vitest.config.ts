import { suite } from "../suite.ts";

/** The packed package as users install it, and the recipes in a git repository, the pages that a new user follows, and tests of functions in three runners: `npm run test:package`. */
export default suite({ include: ["test/package/{tarball,jscodeshift,recipes,testing,walk}.ts"] });
