import { suite } from "../suite.ts";

/** Files that start the command or a sandbox for every test. */
const STARTS_PROCESSES = [
  "test/cli/bad-days.test.ts",
  "test/cli/bundle-local.test.ts",
  "test/cli/interactive.test.ts",
  "test/cli/process.test.ts",
  "test/cli/typescript.test.ts",
  "test/cli/undo.test.ts",
  "test/cli/verify.test.ts",
  "test/verify/containment.test.ts",
];

/** Files that other suites run whole: the laws, the rules, the requests. */
const SAMPLES = [
  "test/functions/idiomatic.test.ts",
  "test/http-matrix/sample.test.ts",
  "test/laws/*.test.ts",
  "test/precision/precision.test.ts",
  "test/transforms/*.behaviour.test.ts",
];

/** What `npm test` runs: what a change needs first. `npx vitest run` runs every `*.test.ts`. */
export default suite({ include: ["test/**/*.test.ts"], exclude: [...STARTS_PROCESSES, ...SAMPLES] });
