import { fileURLToPath } from "node:url";
import { SandboxPool } from "../../src/verify/pool.ts";
import type { PoolOptions } from "../../src/verify/pool.ts";
import type { ProofJob } from "../../src/verify/proof.ts";
import { compiledFile } from "../oracle/worker-file.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** A stand-in for moment, of which the fixtures use one method. */
const PACKAGES = `${REPOSITORY}test/verify/packages`;
const MOMENT = `${PACKAGES}/moment.cjs`;
/** Hands out what functions are not given. */
const REAL_NODE = `${PACKAGES}/real-node.mjs`;

/** The compiled program of a sandbox. */
export function sandboxFile(): URL {
  return compiledFile("src/verify/sandbox/child.ts");
}

/** Sandboxes that run our sources, and find the packages of this repository. */
export function testPool(size = 1, limits: Pick<PoolOptions, "wallMs"> = {}): SandboxPool {
  return new SandboxPool({ size, readable: [`${REPOSITORY}node_modules`, PACKAGES], child: sandboxFile(), ...limits });
}

/** A job with what most tests leave as it is. */
export function jobFor(original: string, migrated: string | undefined, more: Partial<ProofJob> = {}): ProofJob {
  return {
    path: `${REPOSITORY}fixtures/function/index.js`,
    original,
    ...(migrated !== undefined && { migrated }),
    declared: [],
    template: {},
    given: [],
    derive: true,
    scenarios: 64,
    seed: 0,
    timeMs: 4_000,
    substitutes: {
      legacy: { luxon: "luxon-v1", moment: MOMENT, "real-node": REAL_NODE },
      modern: { moment: MOMENT, "real-node": REAL_NODE },
    },
    ...more,
  };
}
