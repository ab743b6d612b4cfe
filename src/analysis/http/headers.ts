import type * as ESTree from "estree";
import { conditionalHeaders, ownHeadersOfFetch, unsendableHeaders } from "../../platform/http-options.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { valuesOf } from "../values/values-of.ts";
import { readObjectShape } from "../values/object-shape.ts";
import { followConstant, objectLiteralOf, stringOf } from "../values/constants.ts";
import { isPure } from "../code/effects.ts";
import { isCallOf } from "../code/names.ts";
import { isDefined } from "./known-values.ts";
import type { Model } from "../code/model.ts";
import { isSignerMethod } from "./oauth-signer.ts";
import type { Problem } from "../code/problem.ts";

/** What can be told of the headers of a request. */
export interface HeaderFacts {
  /** The `headers` property; undefined when the request has none. */
  readonly property: ESTree.Property | undefined;
  /** Names in lower case with their last value. */
  readonly names: ReadonlyMap<string, Node>;
  /** All names that the code shows, as they are spelled. */
  readonly spellings: ReadonlySet<string>;
  /** There may be more names than those. */
  readonly isOpen: boolean;
  /** A value may be `undefined`, or a name may come in two spellings: fetch would send it in another way. */
  readonly needsHelper: boolean;
  /** Names may come from outside the file, so that nobody can tell whether fetch sends them. */
  readonly isUntold: boolean;
  /** Headers of the literal that fetch sets by itself. */
  readonly dropped: readonly ESTree.Property[];
  /** Where a header makes the request a conditional one, beside which fetch sends others. */
  readonly conditional: readonly Node[];
  readonly problems: readonly Problem[];
}

/** True for `oauth.toHeader(…)` of the package oauth-1.0a: it gives an object with `Authorization` and nothing else. */
function isOAuthHeader(model: Model, node: Node): boolean {
  const call = followConstant(model, node);
  return call.type === "CallExpression" && isSignerMethod(model, call.callee, "toHeader");
}

/** True where a request may come without headers: the V1 client then sends its own. */
export function canLackHeaders(model: Model, property: ESTree.Property | undefined): boolean {
  return property === undefined || valuesOf(model, property.value).some(({ kind }) => kind === "nothing");
}

/** What fetch would send in another way, or not at all. */
function checkHeader(model: Model, name: string, value: Node, node: Node): Problem[] {
  const whys = [
    ...(unsendableHeaders.has(name.toLowerCase()) ? [`set \`${name}\`, which fetch does not send`] : []),
    ...(followConstant(model, value).type === "ArrayExpression"
      ? [`give \`${name}\` several values, which fetch joins into one`]
      : []),
  ];
  return whys.map((why) => ({ id: "http-option", node, data: { name: "headers", why } }));
}

/**
 * Reads the value of the `headers` option.
 *
 * @param host the host of the URL where headers that fetch sets by itself can be taken out of the literal
 */
export function readHeaders(
  model: Model,
  headersValue: Node | undefined,
  host?: { readonly name: string | undefined },
): Omit<HeaderFacts, "property"> {
  const reader = new HeaderReader(model, host === undefined ? undefined : { ...host, literal: headersValue });
  if (headersValue !== undefined) {
    reader.read(headersValue);
  }
  return reader;
}

class HeaderReader implements Omit<HeaderFacts, "property"> {
  readonly names = new Map<string, Node>();
  readonly problems: Problem[] = [];
  readonly conditional: Node[] = [];
  readonly dropped: ESTree.Property[] = [];
  isOpen = false;
  needsHelper = false;
  isUntold = false;
  readonly #model: Model;
  readonly spellings = new Set<string>();
  readonly #spelling = new Map<string, string>();
  /** The literal that headers can be taken out of. */
  readonly #own: { readonly name: string | undefined; readonly literal: Node | undefined } | undefined;

  constructor(model: Model, own?: { readonly name: string | undefined; readonly literal: Node | undefined }) {
    this.#model = model;
    this.#own = own;
  }

  read(value: Node): void {
    const literal = objectLiteralOf(this.#model, value);
    if (literal === undefined && isOAuthHeader(this.#model, value)) {
      this.names.set("authorization", value);
    } else if (literal === undefined) {
      this.#readShape(value);
    } else {
      for (const header of literal.properties) {
        if (header.type === "Property") {
          this.#readHeader(header);
        } else {
          this.read(header.argument);
        }
      }
    }
  }

  /** Headers that are put together in several places. */
  #readShape(value: Node): void {
    const shape = readObjectShape(this.#model, value);
    const isTold = shape.problems.length === 0 && shape.nested.size === 0;
    const known = [...shape.values].flatMap(([name, values]) => {
      const [only, ...others] = values;
      return only !== undefined && others.length === 0 && shape.certain.has(name) ? [[name, only] as const] : [];
    });
    if (isTold && known.length === shape.values.size) {
      for (const [name, each] of known) {
        this.#noteNamed(name, each, each);
      }
      return;
    }
    this.isOpen = true;
    this.needsHelper = true;
    this.isUntold ||= shape.problems.length > 0;
    for (const [name, values] of shape.values) {
      for (const each of values) {
        this.#note(name, each, each);
      }
    }
  }

  #readHeader(header: ESTree.Property): void {
    const name = staticName(header);
    if (name === undefined || (header.computed && header.key.type !== "Literal") || header.kind !== "init") {
      const computed = header.kind === "init" ? stringOf(this.#model, header.key) : undefined;
      this.isOpen = true;
      this.needsHelper = true;
      this.isUntold ||= computed === undefined;
      this.#note(computed ?? "", header.value, header);
      return;
    }
    const lower = name.toLowerCase();
    if (this.#isDropped(lower, header)) {
      this.dropped.push(header);
      return;
    }
    this.#noteNamed(name, header.value, header);
  }

  #noteNamed(name: string, value: Node, node: Node): void {
    const lower = name.toLowerCase();
    this.#note(name, value, node);
    this.needsHelper ||= (this.#spelling.get(lower) ?? name) !== name || !isDefined(this.#model, value);
    this.#spelling.set(lower, name);
    this.names.set(lower, value);
  }

  /** What fetch sets by itself: these headers, and the host when it is that of the URL. */
  #isDropped(name: string, header: ESTree.Property): boolean {
    if (this.#own === undefined || this.#model.parentOf(header) !== this.#own.literal) {
      return false;
    }
    const { name: host } = this.#own;
    const isSameHost =
      name === "host" &&
      host !== undefined &&
      stringOf(this.#model, header.value)?.toLowerCase() === host.toLowerCase();
    return (isSameHost || ownHeadersOfFetch.has(name)) && isQuiet(this.#model, header.value);
  }

  #note(name: string, value: Node, node: Node): void {
    this.problems.push(...checkHeader(this.#model, name, value, node));
    this.spellings.add(name);
    if (conditionalHeaders.has(name.toLowerCase())) {
      this.conditional.push(node);
    }
  }
}

/** True for a value that can go without a trace. */
function isQuiet(model: Model, value: Node): boolean {
  return isPure(model, value) || ["Buffer.byteLength", "String"].some((name) => isCallOf(model, value, name));
}

/** True when the headers surely hold no form content type, so that `json` encodes the body. */
export function isSurelyNoForm(model: Model, headers: Omit<HeaderFacts, "property">): boolean {
  const value = headers.names.get("content-type");
  const text = value === undefined ? undefined : stringOf(model, value);
  if (value !== undefined) {
    return text !== undefined && !isFormType(text);
  }
  return !headers.isUntold && [...headers.spellings].every((name) => name.toLowerCase() !== "content-type");
}

/** The test that request makes. Source: request.js, `json` and `form`. */
export function isFormType(contentType: string): boolean {
  return /^application\/x-www-form-urlencoded\b/u.test(contentType);
}
