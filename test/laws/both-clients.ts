import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { holdsAnswerAsItCame } from "../../src/verify/compare/status-text.ts";
import { convert, run } from "../http-matrix/run.ts";
import type { Outcome, StatusError } from "../http-matrix/run.ts";
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

/** The error of V1 as the declared differences leave it: with the fields that the new one has, and its text. */
function declaredError(before: StatusError, after: StatusError, declared: ReadonlySet<string>): StatusError {
  if (!declared.has("http-error-shape") || before.name !== "StatusCodeError") {
    return before;
  }
  const isText = declared.has("status-error-text") && holdsAnswerAsItCame(before.message, after.message);
  const kept = Object.entries(before).filter(([name]) => Object.hasOwn(after, name));
  return {
    ...Object.fromEntries(kept),
    name: after.name === "Error" ? after.name : before.name,
    message: isText ? after.message : before.message,
  };
}

/** True when a function does what it did, but for what the run declared of the error of a status. */
function isSame(before: Outcome, after: Outcome, declared: ReadonlySet<string>): boolean {
  if (typeof before.error !== "object" || typeof after.error !== "object") {
    return isDeepStrictEqual(before, after);
  }
  return isDeepStrictEqual({ ...before, error: declaredError(before.error, after.error, declared) }, after);
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
    const { text: converted, declared } = convert(text);
    expect(converted, text).not.toMatch(/Toolbelt\.HTTPClient|client\(/u);
    state.compared += 1;
    const [before, after] = await Promise.all([runAlone(text), runAlone(converted)]);
    return { text, converted, declared, before, after };
  };
  const compareAll = async (texts: readonly string[]): Promise<void> => {
    const comparisons = await Promise.all((texts.length > LONG ? someOf(texts, STRIDE) : texts).map(compare));
    expect(comparisons.filter(({ before, after, declared }) => !isSame(before, after, declared))).toEqual([]);
  };
  return { compareAll, runAlone };
}
