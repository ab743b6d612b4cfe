import { suite } from "../suite.ts";

/** How migrated functions read, counted over all fixtures in both styles: `npm run test:beauty`. */
export default suite({ include: ["test/beauty/all.ts"], reporters: ["dot"] });
