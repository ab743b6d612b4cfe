import type { Observation, Scenario } from "../model.ts";

/**
 * The scenarios in which the original was run, by what they give it. One that gives the same, or differs in what no run
 * asked for alone, leads to the same run: it need not be made.
 */
export class Tried {
  readonly #given = new Set<string>();

  has(scenario: Scenario): boolean {
    return this.#given.has(whole(scenario)) || this.#given.has(withoutAnswers(scenario));
  }

  add(scenario: Scenario, { requests }: Observation): void {
    this.#given.add(whole(scenario));
    // What the network would have answered is nothing that this run could know.
    if (requests.length === 0) this.#given.add(withoutAnswers(scenario));
  }
}

function whole(scenario: Scenario): string {
  return JSON.stringify({ ...scenario, name: "" });
}

function withoutAnswers(scenario: Scenario): string {
  return `without answers ${whole({ ...scenario, responses: [], overrides: {} })}`;
}
