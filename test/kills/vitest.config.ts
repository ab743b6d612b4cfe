import { suite } from "../suite.ts";

/** What `npm run test:kills` runs: runs that are killed while they write. */
export default suite({ include: ["test/kills/kills.ts"], fileParallelism: false });
