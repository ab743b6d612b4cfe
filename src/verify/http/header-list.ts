/** Headers as V1's client keeps them: names in any case, the first spelling stays. */
export class HeaderList {
  readonly #entries = new Map<string, { name: string; value: unknown }>();

  /** Takes over what a function gave; a name that differs in case only from an earlier one replaces its value. */
  constructor(given: unknown) {
    if (typeof given !== "object" || given === null) return;
    for (const [name, value] of Object.entries(given)) if (value !== undefined) this.set(name, value);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  get(name: string): unknown {
    return this.#entries.get(name.toLowerCase())?.value;
  }

  set(name: string, value: unknown): void {
    const key = name.toLowerCase();
    this.#entries.set(key, { name: this.#entries.get(key)?.name ?? name, value });
  }

  delete(name: string): void {
    this.#entries.delete(name.toLowerCase());
  }

  /** By their names as they were given. */
  toObject(): Record<string, unknown> {
    return Object.fromEntries([...this.#entries.values()].map(({ name, value }) => [name, value]));
  }

  /** As they go over the wire: lower-case names, lists one by one. */
  toPairs(): [string, string][] {
    return [...this.#entries].flatMap(([key, { value }]) =>
      Array.isArray(value)
        ? value.map((each): [string, string] => [key, String(each)])
        : [[key, String(value)] as [string, string]],
    );
  }
}
