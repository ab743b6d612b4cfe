import { suite } from "../suite.ts";

/** All combinations in both styles: `npm run test:http-matrix`. */
export default suite({ include: ["test/http-matrix/all.ts"], reporters: ["dot"] });
