import { suite } from "../suite.ts";

/** The HTML report in a real browser, Debian's Chromium: `npm run test:browser`. */
export default suite({ include: ["test/browser/report.ts"] });
