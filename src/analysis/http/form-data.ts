import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isCallOf } from "../code/names.ts";
import type { Model } from "../code/model.ts";
import { followConstant, objectLiteralOf, stringOf } from "../values/constants.ts";
import { isOfInput } from "../values/input.ts";
import { valuesOf } from "../values/values-of.ts";
import { isString } from "./known-values.ts";

/** A file in a multipart form: `{ value, options: { filename, contentType } }`. */
export interface FormFile {
  readonly literal: ESTree.ObjectExpression;
  readonly value: Node;
  readonly filename: Node;
  readonly contentType: Node;
}

/** What a multipart form holds. */
export interface FormDataFacts {
  readonly files: readonly FormFile[];
  /** A text may hold line breaks, which `FormData` writes as CR LF. */
  readonly mayBreakLines: boolean;
}

/** Reads the option `formData`; undefined where it may hold more than texts, numbers and files as `FormData` writes them. */
export function readFormData(model: Model, form: Node): FormDataFacts | undefined {
  const files: FormFile[] = [];
  let mayBreakLines = false;
  for (const property of objectLiteralOf(model, form)?.properties ?? [undefined]) {
    const name = property?.type === "Property" && !property.computed ? staticName(property) : undefined;
    if (property?.type !== "Property" || property.kind !== "init" || !isPlainName(name)) {
      return undefined;
    }
    const { value } = property;
    for (const part of value.type === "ArrayExpression" ? value.elements : [value]) {
      const file = part?.type === "ObjectExpression" ? readFile(model, part) : undefined;
      if (file !== undefined) {
        files.push(file);
      } else if (part === null || !isPlainValue(model, part)) {
        return undefined;
      } else {
        mayBreakLines ||= /[\r\n]/u.test(stringOf(model, part) ?? "\n");
      }
    }
  }
  return { files, mayBreakLines };
}

/** A name that both clients write alike. */
function isPlainName(name: string | undefined): boolean {
  return name !== undefined && name !== "__proto__" && !/["\\/\r\n]/u.test(name);
}

/** What is a text or a number, or JSON of the invocation: bytes and streams come from elsewhere. */
function isPlainValue(model: Model, node: Node): boolean {
  return valuesOf(model, node).every(
    (value) =>
      /^(?:text|number|boolean|sum|stringified|nothing|falsy)$/u.test(value.kind) || isOfInput(model, value.node),
  );
}

function readFile(model: Model, literal: ESTree.ObjectExpression): FormFile | undefined {
  const parts = membersOf(literal, "value", "options");
  const [value, options] = parts ?? [];
  const names = options?.type === "ObjectExpression" ? membersOf(options, "filename", "contentType") : undefined;
  const [filename, contentType] = names ?? [];
  if (value === undefined || filename === undefined || contentType === undefined) {
    return undefined;
  }
  const type = stringOf(model, contentType) ?? "";
  const isPlain = isPlainName(stringOf(model, filename)) && /^[!-~]+$/u.test(type) && type === type.toLowerCase();
  const bytes = followConstant(model, value);
  const isFilled = isString(model, value) || isCallOf(model, bytes, "Buffer.from", "Buffer.concat", "Buffer.alloc");
  return isPlain && isFilled ? { literal, value, filename, contentType } : undefined;
}

/** The values of exactly these two members. */
function membersOf({ properties }: ESTree.ObjectExpression, ...names: readonly [string, string]): Node[] | undefined {
  const found = names.flatMap((name): Node[] =>
    properties.flatMap((property) =>
      property.type === "Property" && !property.computed && property.kind === "init" && staticName(property) === name
        ? [property.value]
        : [],
    ),
  );
  return found.length === 2 && properties.length === 2 ? found : undefined;
}
