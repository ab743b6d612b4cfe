import { optionsThatCanBeOff } from "../../platform/http-options.ts";
import type { Model } from "../code/model.ts";
import { isNullish } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { booleanOf, followConstant } from "../values/constants.ts";

/** True for an option of the V1 client that does nothing, because of what it holds: `jar: false`, `proxy: null`. */
export function isSwitchedOff(model: Model, name: string, value: Node): boolean {
  return (
    optionsThatCanBeOff.has(name) && (isNullish(followConstant(model, value)) || booleanOf(model, value) === false)
  );
}
