import { suite } from "../suite.ts";

/** The packed package as users install it, what it loads, and the recipes in a git repository, the pages that a new user follows, and tests of functions in three runners: `npm run test:package`. */
export default suite({ include: ["test/package/{tarball,loaded-modules,jscodeshift,recipes,testing,walk}.ts"] });
