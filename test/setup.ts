import type { TestProject } from "vitest/node";
import { compiledFile } from "./oracle/worker-file.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether expectations are written anew: `npm run update`. */
    isUpdate: boolean;
  }
}

/** Runs once before all tests. */
export function setup(project: TestProject): void {
  // What runs in threads of its own; the test files must not compile it at the same time.
  compiledFile("test/oracle/worker.ts");
  project.provide("isUpdate", project.config.snapshotOptions.updateSnapshot === "all");
}
