import { Run } from "../../src/verify/world/run.ts";

/** What happens at a moment of simulated time. */
interface Event {
  readonly at: number;
  readonly happen: () => void;
  /** Whether the run is not over before this has happened. */
  readonly isHeld: boolean;
}

/**
 * Simulated time. It stands still while anything is under way, and moves to the next event when nothing is: how fast
 * the machine is decides nothing, and a wait of an hour takes no time.
 */
class Clock {
  readonly #events = new Set<Event>();
  #now = 0;

  /**
   * Lets something happen after a delay in milliseconds.
   *
   * @returns what calls it off
   */
  after(delay: number, happen: () => void, isHeld: boolean): () => void {
    const event = { at: this.#now + delay, happen, isHeld };
    this.#events.add(event);
    return () => {
      this.#events.delete(event);
    };
  }

  get hasHeld(): boolean {
    return [...this.#events].some(({ isHeld }) => isHeld);
  }

  /** Moves on to the next moment at which something happens; false when nothing is left to happen. */
  advance(): boolean {
    if (this.#events.size === 0) return false;
    this.#now = Math.min(...[...this.#events].map(({ at }) => at));
    for (const event of this.#events) {
      if (event.at <= this.#now) {
        this.#events.delete(event);
        event.happen();
      }
    }
    return true;
  }
}

/** A run with a clock of its own. */
export class TimedRun extends Run {
  readonly clock = new Clock();
  /** So many answers of the outside world wait for their moment. */
  delayedAnswers = 0;
}
