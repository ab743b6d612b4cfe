import type { Model } from "../analysis/model.ts";

/** The wanted name, or the first of `name2`, `name3` … that the file does not use yet. */
export function freeName(model: Model, wanted: string): string {
  let name = wanted;
  for (let count = 2; model.isNameTaken(name); count += 1) {
    name = wanted + String(count);
  }
  return name;
}
