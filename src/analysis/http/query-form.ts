import type * as ESTree from "estree";
import { httpOptions } from "../../platform/http-options.ts";
import { staticName } from "../code/tree.ts";
import { booleanOf, objectLiteralOf, stringOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";
import type { OptionReader } from "./option-reader.ts";

/** How the lists of a query are written: `a[0]=1`, `a=1`, `a[]=1`, or all of it as Node's querystring does. */
export type QueryForm = "indices" | "repeat" | "brackets" | "querystring";

const FORMATS: ReadonlySet<string> = new Set<QueryForm>(["indices", "repeat", "brackets"]);

function isForm(format: string | undefined): format is QueryForm {
  return format !== undefined && FORMATS.has(format);
}

/** Reads how the query of a request is written. */
export function readQueryForm(reader: OptionReader): QueryForm {
  const { properties } = reader;
  const options = properties.get("qsStringifyOptions");
  const isPlain = reader.flag("useQuerystring", false);
  const [first] = [...(isPlain ? ["useQuerystring"] : []), ...(options === undefined ? [] : ["qsStringifyOptions"])];
  if (first === undefined) {
    return "indices";
  }
  const format = options === undefined ? undefined : formatOf(reader.model, options);
  // Both are for the form as well.
  if (properties.has("form") || !properties.has("qs") || (options !== undefined && (isPlain || format === undefined))) {
    reader.refuse(first, httpOptions.get(first)?.otherwise ?? "");
  }
  return isPlain ? "querystring" : (format ?? "indices");
}

/** The format that a literal of options names and nothing else; `arrayFormat` wins over `indices`. */
function formatOf(model: Model, { value }: ESTree.Property): QueryForm | undefined {
  const found = new Map<string, ESTree.Property>();
  for (const property of objectLiteralOf(model, value)?.properties ?? []) {
    const name = property.type === "Property" && !property.computed ? staticName(property) : undefined;
    if (property.type !== "Property" || name === undefined || !/^(?:arrayFormat|indices)$/u.test(name)) {
      return undefined;
    }
    found.set(name, property);
  }
  const [format, indices] = [found.get("arrayFormat"), found.get("indices")];
  if (format !== undefined) {
    const text = stringOf(model, format.value);
    return isForm(text) ? text : undefined;
  }
  const hasIndices = indices === undefined ? undefined : booleanOf(model, indices.value);
  return hasIndices === undefined ? undefined : hasIndices ? "indices" : "repeat";
}
