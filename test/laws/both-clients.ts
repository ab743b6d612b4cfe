import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { convert, run } from "../http-matrix/run.ts";
import type { Outcome } from "../http-matrix/run.ts";
import { RecordingServer } from "../http-matrix/server.ts";
import { enterLaw, isWhole, someOf } from "./ledger.ts";

/** A sample takes every so manieth of a list that is longer than this. */
const STRIDE = 3;
const LONG = 12;

/** A V1 function with an HTTP client named `client`. */
export function lambda(body: string, around = ""): string {
  return `const { Toolbelt } = require("lp-faas-toolbelt");
const client = Toolbelt.HTTPClient();
async function lambda(input) {
  ${body}
}
${around}
`;
}

/** What runs functions against a server that answers as long as the tests of a file run. */
export interface BothClients {
  /** Runs files as they are with the V1 client, and converted with fetch; expects the same of both. */
  readonly compareAll: (texts: readonly string[]) => Promise<void>;
  /** Runs a file as it is. */
  readonly runAlone: (text: string) => Promise<Outcome>;
}

/**
 * Sets up the comparison for the tests of a file.
 *
 * @param part what the file tries, for the list of laws
 * @param atLeast so many files must be compared where all are tried
 */
export function bothClients(part: string, atLeast: number): BothClients {
  const server = new RecordingServer();
  const state = { origin: "", runs: 0, compared: 0 };
  beforeAll(async () => {
    state.origin = await server.start();
  });
  afterAll(async () => {
    await server.stop();
    expect(state.compared).toBeGreaterThan(isWhole ? atLeast : 0);
    enterLaw({
      law: `A request does with fetch what it did with the V1 client: ${part}`,
      counts: { functions: state.compared },
    });
  });

  const runAlone = (text: string): Promise<Outcome> => {
    state.runs += 1;
    return run(text, server, state.origin, `n${String(state.runs)}`);
  };
  const compare = async (text: string) => {
    const converted = convert(text);
    expect(converted, text).not.toMatch(/Toolbelt\.HTTPClient|client\(/u);
    state.compared += 1;
    const [before, after] = await Promise.all([runAlone(text), runAlone(converted)]);
    return { text, converted, before, after };
  };
  const compareAll = async (texts: readonly string[]): Promise<void> => {
    const comparisons = await Promise.all((texts.length > LONG ? someOf(texts, STRIDE) : texts).map(compare));
    expect(comparisons.filter(({ before, after }) => !isDeepStrictEqual(before, after))).toEqual([]);
  };
  return { compareAll, runAlone };
}
