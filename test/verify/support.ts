import { fileURLToPath } from "node:url";
import { SandboxPool } from "../../src/verify/pool.ts";
import type { PoolOptions } from "../../src/verify/pool.ts";
import type { ProofJob } from "../../src/verify/proof.ts";
import type { DeclaredPlace } from "../../src/verify/proof.ts";
import { isByPlace } from "../../src/verify/proof.ts";
import { readText, ROOT, scriptOf } from "../functions/cases.ts";
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
    places: [],
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

/** The job that compares a fixture function with a text, under what is declared of its migration. */
export function fixtureJob(name: string, migrated: string, more: Partial<ProofJob> = {}): ProofJob {
  const report = JSON.parse(readText(`${ROOT}${name}/expected.json`) ?? "{}") as {
    readonly differences?: readonly string[];
    readonly followUps?: readonly string[];
  };
  const { differences = [], followUps = [] } = report;
  const { input, env } = scriptOf(name);
  return jobFor(readText(`${ROOT}${name}/index.js`) ?? "", migrated, {
    path: `${ROOT}${name}/index.js`,
    declared: [...new Set(differences.map((line) => placeIn(line).id))],
    places: [...differences, ...followUps].map(placeIn).filter(({ id }) => isByPlace(id)),
    template: { ...(input !== undefined && { input }), ...(env !== undefined && { env }) },
    ...more,
  });
}

/** A remark as `expected.json` has it: `12:5 error-read`. */
function placeIn(remark: string): DeclaredPlace {
  const [place = "", id = ""] = remark.split(" ");
  const [line = 1, column = 1] = place.split(":").map(Number);
  return { id, line, column };
}
