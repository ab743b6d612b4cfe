import { compiledFile } from "./worker-file.ts";

/** Compiles what runs in threads of its own, once before all tests. */
export function setup(): void {
  compiledFile("test/oracle/worker.ts");
}
