import { suite } from "../suite.ts";

/** All rules over the files of installed packages, which are not functions: `npm run test:ordinary`. */
export default suite({ include: ["test/ordinary/all.ts"] });
