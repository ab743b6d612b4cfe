import { Misuse } from "./parser.ts";

/** How much of a proof was asked for; what was not said is undefined. */
export interface ProofRequest {
  readonly scenarios: number | undefined;
  readonly seed: number | undefined;
}

/** Values of options that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...new Set([...before, value])];
}

/** @throws {Misuse} where one of the two is no number of its range */
export function readProof(values: { readonly scenarios?: string; readonly seed?: string }): ProofRequest {
  return {
    scenarios: readNumber(values.scenarios, /^[1-9]\d{0,3}$/u, "--scenarios takes a number from 1 to 9999"),
    seed: readNumber(values.seed, /^\d{1,9}$/u, "--seed takes a whole number"),
  };
}

/**
 * @param form which texts are such a number
 * @param rule what to tell the user when the text is none
 * @throws {Misuse} with that
 */
export function readNumber(text: string | undefined, form: RegExp, rule: string): number | undefined {
  if (text !== undefined && !form.test(text)) throw new Misuse(`${rule}, not "${text}"`);
  return text === undefined ? undefined : Number(text);
}
