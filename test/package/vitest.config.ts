import { suite } from "../suite.ts";

/** The packed package as users install it, and the recipes of the README in a git repository: `npm run test:package`. */
export default suite({ include: ["test/package/{tarball,recipes}.ts"] });
