import { conditionalHeaders, httpOptions, sentMethods, unsendableHeaders } from "../../platform/http-options.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { LooseCall } from "./calls.ts";
import { bodyWithoutJson } from "./body.ts";
import { writeOf } from "../code/writes.ts";
import { isSurelyNoForm, readHeaders } from "./headers.ts";
import { readObjectShape } from "../values/object-shape.ts";
import type { ObjectShape } from "../values/object-shape.ts";
import { redirectsOfAllMethods } from "./request.ts";
import { hasCredentials, hasNestedQuery, nestedQuery } from "./url.ts";
import { addressKind, addressOfParts, addressText, queryBesideUrl } from "./url-objects.ts";
import { textsOf } from "../values/texts.ts";
import { booleanOf, followConstant, stringOf } from "../values/constants.ts";
import { isDefined, isString, isText } from "./known-values.ts";
import { isSwitchedOff } from "./switched-off.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";

/** What is known of a request whose options are put together at run time. */
export interface LooseFacts {
  readonly call: LooseCall;
  /** Every option that it can have. */
  readonly names: ReadonlySet<string>;
  /** Whether the result can be the whole response. */
  readonly canBeFull: boolean;
  /** The method can be HEAD, for which V1 gave the headers. */
  readonly canBeHead: boolean;
  /** `json` can be the body itself. */
  readonly canJsonBeBody: boolean;
  /** A text that `json` would encode once more. */
  readonly doubledBody: Node | undefined;
  /** Headers whose names may come from outside the file. */
  readonly untoldHeaders: Node | undefined;
  /** Headers that make the request a conditional one. */
  readonly conditionalHeaders: readonly Node[];
  /** Credentials that may be no texts. */
  readonly uncheckedAuth: Node | undefined;
  /** V1 may have sent its own headers. */
  readonly canLackHeaders: boolean;
  /** The method may be one that V1 compared as it was written. */
  readonly canBeLowerCase: boolean;
  /** A body may be sent with GET, which fetch refuses. */
  readonly canBeBodyWithGet: boolean;
}

const BODY_OPTIONS = ["body", "form"];
const AUTH_NAMES = new Set(["user", "username", "pass", "password", "bearer"]);

const EMPTY: ObjectShape = { values: new Map(), certain: new Set(), nested: new Map(), problems: [] };

class LooseReader {
  readonly problems: Problem[] = [];
  readonly #model: Model;
  readonly #call: LooseCall;
  readonly #shape: ObjectShape;

  constructor(model: Model, call: LooseCall) {
    this.#model = model;
    this.#call = call;
    this.#shape = call.optionsArgument === undefined ? EMPTY : readObjectShape(model, call.optionsArgument);
  }

  read(): LooseFacts | readonly Problem[] {
    const lost = this.#shape.problems.map(({ node, what }): Problem => ({
      id: "http-options",
      node,
      data: { what },
    }));
    if (lost.length > 0) {
      const isMaybeUrl = this.#call.urlArgument === undefined && this.#shape.values.size === 0;
      return isMaybeUrl && this.#call.problem !== undefined ? [this.#call.problem] : lost;
    }
    this.#checkNames();
    this.#checkUrl();
    this.#checkMethod();
    this.#checkBody();
    this.#checkHeaders();
    this.#checkAuth();
    this.#checkRedirects();
    return this.problems.length > 0 ? this.problems : this.#facts();
  }

  #valuesOf(name: string): readonly Node[] {
    return this.#shape.values.get(name) ?? [];
  }

  #has(name: string): boolean {
    return this.#shape.values.has(name);
  }

  /** True for an option that does nothing, whatever value it has. */
  #isOff(name: string): boolean {
    const values = this.#valuesOf(name);
    return values.length > 0 && values.every((value) => isSwitchedOff(this.#model, name, value));
  }

  /** The place is the option itself, where its value is written. */
  #refuse(name: string, value: Node, why: string): void {
    const parent = this.#model.parentOf(value);
    const isOption =
      (parent?.type === "Property" && parent.value === value) ||
      (parent?.type === "AssignmentExpression" && parent.right === value);
    this.problems.push({ id: "http-option", node: isOption ? parent : value, data: { name, why } });
  }

  #checkNames(): void {
    for (const [name, values] of this.#shape.values) {
      const option = httpOptions.get(name);
      const value = values.find((each) => !isSwitchedOff(this.#model, name, each));
      const why = option?.handling === "refuse" ? option.why : option?.otherwise;
      if (option === undefined || (why !== undefined && !this.#isOff(name))) {
        this.#refuse(name, value ?? this.#call.call, why ?? "is not known to this tool");
      }
    }
  }

  #checkUrl(): void {
    const { urlArgument, call } = this.#call;
    const inOptions = [...this.#valuesOf("uri"), ...this.#valuesOf("url")];
    if (urlArgument !== undefined) {
      for (const value of inOptions) {
        this.#refuse(this.#valuesOf("uri").includes(value) ? "uri" : "url", value, "stands beside another URL");
      }
    } else if (inOptions.length === 0) {
      this.problems.push({ id: "http-options", node: call, data: { what: "have no URL" } });
    }
    for (const url of urlArgument === undefined ? inOptions : [urlArgument]) {
      const address = addressKind(this.#model, url);
      const text = addressText(this.#model, url);
      if (hasCredentials(this.#model, text)) {
        this.#refuse("url", url, "holds credentials, which fetch refuses; send them in an Authorization header");
      } else if (address === "object" || address === "parsed") {
        this.#refuse("url", url, addressOfParts);
      }
      if (this.#has("qs") && (address === "url" || hasNestedQuery(this.#model, text))) {
        this.#refuse("qs", url, address === "url" ? queryBesideUrl : nestedQuery);
      }
    }
  }

  /** The methods that are written in the code; undefined stands for one that is known at run time only. */
  #methods(): readonly (string | undefined)[] {
    const { verb } = this.#call;
    if (verb !== undefined) {
      return [verb];
    }
    const written = this.#valuesOf("method").flatMap((value) => textsOf(this.#model, value));
    return this.#shape.certain.has("method") ? written : [...written, "GET"];
  }

  #checkMethod(): void {
    for (const value of this.#call.verb === undefined ? this.#valuesOf("method") : []) {
      for (const text of textsOf(this.#model, value)) {
        if (text !== undefined && !sentMethods.has(text.toUpperCase())) {
          this.#refuse("method", value, `is \`${text}\`, which this tool does not know`);
        }
      }
    }
    if (!this.#methods().every((method) => method === "GET" || method === "HEAD")) {
      return;
    }
    for (const name of BODY_OPTIONS) {
      const [value] = this.#valuesOf(name);
      if (value !== undefined) {
        this.#refuse(name, value, `is sent with ${this.#methods()[0] ?? ""}, which fetch refuses`);
      }
    }
    const isBody = (value: Node): boolean =>
      /^(?:Object|Array)Expression$/u.test(followConstant(this.#model, value).type);
    const json = this.#valuesOf("json").find(isBody);
    if (json !== undefined) {
      this.#refuse("json", json, `is a body and sent with ${this.#methods()[0] ?? ""}, which fetch refuses`);
    }
  }

  #checkBody(): void {
    for (const value of this.#has("json") ? [] : this.#valuesOf("body")) {
      const body = followConstant(this.#model, value);
      if (body.type === "ObjectExpression" || (body.type === "Literal" && typeof body.value === "number")) {
        this.#refuse("body", value, bodyWithoutJson);
      }
    }
  }

  #checkHeaders(): void {
    for (const value of this.#valuesOf("headers")) {
      this.problems.push(...readHeaders(this.#model, value).problems);
    }
    for (const { name, member } of this.#writtenHeaders()) {
      if (name !== undefined && unsendableHeaders.has(name.toLowerCase())) {
        this.#refuse("headers", member, `set \`${name}\`, which fetch does not send`);
      }
    }
  }

  /** `options.headers.Accept = …` */
  #writtenHeaders(): { readonly name: string | undefined; readonly member: Node }[] {
    return (this.#shape.nested.get("headers") ?? []).flatMap((member) => {
      const name = member.computed ? stringOf(this.#model, member.property) : staticName(member);
      const write = writeOf(this.#model, member);
      return write === undefined || write.how === "delete" ? [] : [{ name, member }];
    });
  }

  #untoldHeaders(): Node | undefined {
    return (
      this.#valuesOf("headers").find((value) => readHeaders(this.#model, value).isUntold) ??
      this.#writtenHeaders().find(({ name }) => name === undefined)?.member
    );
  }

  #conditionalHeaders(): readonly Node[] {
    const given = this.#valuesOf("headers").flatMap((value) => readHeaders(this.#model, value).conditional);
    const written = this.#writtenHeaders().filter(({ name }) => conditionalHeaders.has(name?.toLowerCase() ?? ""));
    return [...given, ...written.map(({ member }) => member)];
  }

  /** Where credentials are written that V1 would have rejected. */
  #uncheckedAuth(): Node | undefined {
    return this.#valuesOf("auth").find((value) => {
      const { values, certain } = readObjectShape(this.#model, value);
      const areDefined = (name: string): boolean =>
        certain.has(name) && (values.get(name) ?? []).every((part) => isDefined(this.#model, part));
      const areTexts = (...names: readonly string[]): boolean =>
        names.flatMap((name) => values.get(name) ?? []).every((part) => isString(this.#model, part));
      const hasUser = certain.has("user") || certain.has("username");
      return !areDefined("bearer") && !(hasUser && areTexts("user", "username", "pass", "password"));
    });
  }

  #checkAuth(): void {
    for (const value of this.#valuesOf("auth")) {
      const { values, problems } = readObjectShape(this.#model, value);
      if (problems.length > 0 || [...values.keys()].some((name) => !AUTH_NAMES.has(name))) {
        this.#refuse("auth", value, "is not a plain user with password, nor a bearer token");
      }
    }
  }

  #checkRedirects(): void {
    for (const value of this.#valuesOf("followAllRedirects")) {
      if (booleanOf(this.#model, value) !== false) {
        this.#refuse("followAllRedirects", value, redirectsOfAllMethods);
      }
    }
    for (const value of this.#valuesOf("maxRedirects")) {
      this.#refuse("maxRedirects", value, "stands in options that are put together, where it can't be converted");
    }
    for (const value of this.#valuesOf("followRedirect")) {
      if (!this.#isBoolean(value)) {
        this.#refuse("followRedirect", value, "is neither `true` nor `false` in the code");
      }
    }
  }

  #isBoolean(value: Node): boolean {
    return (
      booleanOf(this.#model, value) !== undefined ||
      (value.type === "UnaryExpression" && value.operator === "!") ||
      (value.type === "BinaryExpression" && /^[!=<>]/u.test(value.operator))
    );
  }

  /** True where `json` encodes any body: one with the content type of a form goes as it is. */
  #isEncoded(): boolean {
    const headers = this.#valuesOf("headers").map((value) => readHeaders(this.#model, value));
    return this.#has("json") && headers.every((each) => isSurelyNoForm(this.#model, each));
  }

  #facts(): LooseFacts {
    const { values, certain } = this.#shape;
    const methods = this.#methods();
    const full = this.#valuesOf("resolveWithFullResponse");
    const canJsonBeBody = this.#valuesOf("json").some((value) => !this.#isBoolean(value));
    const hasBody = this.#has("body") || this.#has("form") || canJsonBeBody;
    return {
      call: this.#call,
      names: new Set([...values.keys()].filter((name) => !this.#isOff(name))),
      canBeFull: full.some((value) => booleanOf(this.#model, value) !== false),
      canBeHead: methods.some((method) => method === undefined || method.toUpperCase() === "HEAD"),
      canJsonBeBody,
      doubledBody: this.#isEncoded() ? this.#valuesOf("body").find((value) => isText(this.#model, value)) : undefined,
      untoldHeaders: this.#untoldHeaders(),
      conditionalHeaders: this.#conditionalHeaders(),
      uncheckedAuth: this.#uncheckedAuth(),
      canLackHeaders: !certain.has("headers"),
      canBeLowerCase: methods.some((method) => method === undefined || method !== method.toUpperCase()),
      canBeBodyWithGet: hasBody && methods.some((method) => method === undefined || /^(?:GET|HEAD)$/iu.test(method)),
    };
  }
}

/** Reads a request whose options are put together at run time: the facts, or everything that keeps it from being converted. */
export function readLooseRequest(model: Model, call: LooseCall): LooseFacts | readonly Problem[] {
  return new LooseReader(model, call).read();
}
