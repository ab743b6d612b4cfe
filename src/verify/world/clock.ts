interface Entry {
  readonly at: number;
  readonly id: number;
  readonly act: () => void;
}

/** When every simulated run begins: the same instant, on no boundary of a day, month or daylight saving time. */
const EPOCH = Date.UTC(2024, 4, 15, 10, 30, 0);

/** Virtual time: it passes only from one event to the next, so that waiting costs nothing. In milliseconds. */
export class Clock {
  readonly #entries: Entry[] = [];
  #elapsed = 0;
  #ids = 0;

  /** Milliseconds since the run began. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** What `Date.now()` gives. */
  get now(): number {
    return EPOCH + this.#elapsed;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** When the next event is due, since the run began. */
  get next(): number {
    return this.#entries[0]?.at ?? Infinity;
  }

  /** Lets something happen later; of events at the same time the one that was asked for first comes first. */
  after(delay: number, act: () => void): number {
    this.#ids += 1;
    const entry = { at: this.#elapsed + delay, id: this.#ids, act };
    let position = this.#entries.length;
    while (position > 0 && (this.#entries[position - 1]?.at ?? 0) > entry.at) position -= 1;
    this.#entries.splice(position, 0, entry);
    return entry.id;
  }

  cancel(id: number): void {
    const position = this.#entries.findIndex((entry) => entry.id === id);
    if (position >= 0) this.#entries.splice(position, 1);
  }

  /** Lets the next event happen. */
  advance(): void {
    const entry = this.#entries.shift();
    if (entry === undefined) return;
    this.#elapsed = Math.max(this.#elapsed, entry.at);
    entry.act();
  }

  /** Drops whatever was still to come. */
  clear(): void {
    this.#entries.length = 0;
  }
}
