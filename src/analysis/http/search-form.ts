import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { objectLiteralOf, stringOf } from "../values/constants.ts";
import { isString } from "./known-values.ts";

/** What URLSearchParams makes of a form: the bytes that V1 sent, others that servers read alike, or another form. */
export type SearchForm = "same" | "alike" | "other";

/** True when URLSearchParams writes a text as V1 did; halves of a character outside the basic plane are no text for it. */
export function isWrittenAlike(text: string): boolean {
  return !/[ *~\ud800-\udfff]/u.test(text);
}

/** Tells how URLSearchParams writes a form: texts and numbers that are written out one by one are what V1 sent. */
export function searchFormOf(model: Model, form: Node): SearchForm {
  const properties = objectLiteralOf(model, form)?.properties ?? [];
  const fields = properties.map((property) => (property.type === "Property" ? fieldOf(model, property) : "other"));
  if (fields.length === 0 || fields.includes("other")) {
    return "other";
  }
  return fields.includes("alike") ? "alike" : "same";
}

function fieldOf(model: Model, property: ESTree.Property): SearchForm {
  const { value } = property;
  const name = property.computed ? undefined : staticName(property);
  // `{ __proto__: … }` is no field.
  if (name === undefined || name === "__proto__" || property.kind !== "init") {
    return "other";
  }
  const isPlain = value.type === "Literal" && (typeof value.value === "number" || typeof value.value === "boolean");
  const text = isPlain ? String(value.value) : stringOf(model, value);
  if (text !== undefined) {
    return isWrittenAlike(name + text) ? "same" : "alike";
  }
  return isString(model, value) ? "alike" : "other";
}
