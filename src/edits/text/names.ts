import type { Model } from "../../analysis/code/model.ts";

/** The wanted name, or the first of `name2`, `name3` … that the file does not use yet. */
export function freeName(model: Model, wanted: string): string {
  let name = wanted;
  for (let count = 2; model.isNameTaken(name); count += 1) {
    name = wanted + String(count);
  }
  return name;
}

/** Names for what is newly written: each is given once. */
export class NewNames {
  readonly #model: Model;
  readonly #given = new Set<string>();

  constructor(model: Model) {
    this.#model = model;
  }

  isTaken(name: string): boolean {
    return this.#model.isNameTaken(name) || this.#given.has(name);
  }

  /** The wanted name, or the first of `name2`, `name3` … that is free. */
  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.isTaken(name); count += 1) {
      name = `${wanted}${String(count)}`;
    }
    this.#given.add(name);
    return name;
  }
}
