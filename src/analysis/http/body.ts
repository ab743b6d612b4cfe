import type * as ESTree from "estree";
import { isFormType, isSurelyNoForm } from "./headers.ts";
import type { HeaderFacts } from "./headers.ts";
import type { OptionReader } from "./option-reader.ts";
import { booleanOf, followConstant, stringOf } from "../values/constants.ts";
import { httpOptions } from "../../platform/http-options.ts";
import { readFormData } from "./form-data.ts";
import type { FormDataFacts } from "./form-data.ts";
import { isDefined, isString, isText } from "./known-values.ts";
import { searchFormOf } from "./search-form.ts";
import type { SearchForm } from "./search-form.ts";

/** What a request sends, and how certain that is. */
export type BodyFacts =
  | { readonly kind: "none" }
  /** `JSON.stringify`; a value that may be `undefined` is sent as nothing, without a content type. */
  | {
      readonly kind: "json";
      readonly property: ESTree.Property;
      readonly isDefined: boolean;
      readonly isDoubled: boolean;
    }
  /** As it is. `text` is a string or `undefined`; `unknown` is distinguished at run time. */
  | { readonly kind: "raw"; readonly property: ESTree.Property; readonly value: "string" | "text" | "unknown" }
  /** Encoded; what is neither literal object nor literal text is distinguished at run time, and may be nothing. */
  | {
      readonly kind: "form";
      readonly property: ESTree.Property;
      readonly value: "object" | "string" | "unknown";
      readonly search: SearchForm;
      /** The user's header of another content type, which V1 replaced. */
      readonly replacedType: boolean;
    }
  /** `FormData`, whose content type fetch writes. */
  | { readonly kind: "multipart"; readonly property: ESTree.Property; readonly form: FormDataFacts };

/** Why a body that is not a text is refused. */
export const bodyWithoutJson = "is not a text and `json` is not set, so the request failed in V1; add `json: true`";

const NONE: BodyFacts = { kind: "none" };

function isObject(reader: OptionReader, property: ESTree.Property): boolean {
  return /^(?:Object|Array)Expression$/u.test(followConstant(reader.model, property.value).type);
}

/** The property that gives the body; of several V1 sent only one. */
function bodyProperty(reader: OptionReader): { readonly name: string; readonly property: ESTree.Property } | undefined {
  const json = reader.properties.get("json");
  const flag = json === undefined ? undefined : booleanOf(reader.model, json.value);
  const isJsonBody = json !== undefined && flag === undefined;
  if (isJsonBody && !isObject(reader, json)) {
    reader.refuse("json", "is neither `true`, `false` nor an object literal");
    return undefined;
  }
  const found = ["formData", "form", "body", ...(isJsonBody ? ["json"] : [])].flatMap((name) => {
    const property = reader.properties.get(name);
    return property === undefined ? [] : [{ name, property }];
  });
  for (const { name } of found.slice(1)) {
    reader.refuse(name, `stands beside \`${found[0]?.name ?? ""}\`, and V1 sent only one of them`);
  }
  return found[0];
}

function readJsonBody(reader: OptionReader, property: ESTree.Property, headers: HeaderFacts): BodyFacts {
  if (!isSurelyNoForm(reader.model, headers) && !isObject(reader, property)) {
    reader.refuse("body", "may be sent as a form: the code does not show the content type of the headers");
  }
  return {
    kind: "json",
    property,
    isDefined: isDefined(reader.model, property.value),
    isDoubled: isText(reader.model, property.value),
  };
}

function readRawBody(reader: OptionReader, property: ESTree.Property): BodyFacts {
  const value = followConstant(reader.model, property.value);
  if (isObject(reader, property) || (value.type === "Literal" && typeof value.value === "number")) {
    reader.refuse("body", bodyWithoutJson);
  }
  const isAlwaysString = isString(reader.model, property.value);
  return {
    kind: "raw",
    property,
    value: isAlwaysString ? "string" : isText(reader.model, property.value) ? "text" : "unknown",
  };
}

function readFormBody(reader: OptionReader, property: ESTree.Property, headers: HeaderFacts): BodyFacts {
  const contentType = headers.names.get("content-type");
  const text = contentType === undefined ? undefined : stringOf(reader.model, contentType);
  if (contentType === undefined ? headers.isOpen : text === undefined) {
    reader.refuse("form", "stands beside headers whose content type the code does not show");
  }
  const form = stringOf(reader.model, property.value);
  const isPlainString = form !== undefined && form !== "" && !/[!'()*]/u.test(form);
  const isLiteral = followConstant(reader.model, property.value).type === "ObjectExpression";
  const value = isLiteral ? "object" : isPlainString ? "string" : "unknown";
  const replacedType = text !== undefined && !isFormType(text);
  if (replacedType && value === "unknown") {
    reader.refuse("form", "stands beside another content type, which V1 replaced if there was a form");
  }
  const search = searchFormOf(reader.model, property.value);
  return { kind: "form", property, value, search, replacedType };
}

function readMultipart(reader: OptionReader, property: ESTree.Property, headers: HeaderFacts): BodyFacts {
  const form = readFormData(reader.model, property.value);
  if (form === undefined) {
    reader.refuse("formData", httpOptions.get("formData")?.otherwise ?? "");
    return NONE;
  }
  const isOwn = headers.property?.value.type === "ObjectExpression";
  if (headers.isOpen || headers.names.has("content-length") || (headers.names.has("content-type") && !isOwn)) {
    reader.refuse("formData", "stands beside headers whose content type the code does not show");
  }
  return { kind: "multipart", property, form };
}

/** Reads `body`, `form`, `formData` and `json` of a request with the given method (undefined: known at run time only). */
export function readBody(reader: OptionReader, method: string | undefined, headers: HeaderFacts): BodyFacts {
  const found = bodyProperty(reader);
  if (found === undefined) {
    return NONE;
  }
  const { name, property } = found;
  if (method === undefined) {
    reader.refuse(name, "is sent with a method that is known at run time only, and fetch refuses a body with GET");
  } else if (method === "GET" || method === "HEAD") {
    reader.refuse(name, `is sent with ${method}, which fetch refuses`);
  }
  if (name === "formData") {
    return readMultipart(reader, property, headers);
  }
  if (name === "form") {
    return readFormBody(reader, property, headers);
  }
  const json = reader.properties.get("json");
  const isJson = json !== undefined && booleanOf(reader.model, json.value) !== false;
  return isJson ? readJsonBody(reader, property, headers) : readRawBody(reader, property);
}
