import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import { stringOf } from "../../analysis/values/constants.ts";
import { withParentheses } from "../text/parentheses.ts";
import { addedHeaders, extendHeaders, hasOwnHeader, headerText } from "./headers.ts";
import type { TemplateId } from "../templates/texts.ts";
import { quoterFor } from "./quotes.ts";
import { LiteralEditor } from "../text/literal.ts";
import { authParts, movesHeaders, newHeadersPlace } from "../../analysis/http/option-order.ts";
import { refusesRedirects } from "../../analysis/http/idiomatic-plan.ts";
import { writeTarget } from "./request-target.ts";
import { formOpening, writeAsTexts } from "./search-params.ts";
import { writeFiles } from "./form-files.ts";
import type { HttpWriter } from "./writer.ts";

/** Options that say how the answer is read, or what fetch does anyway; they leave no trace in the call. */
const REMOVED = [
  "baseUrl",
  "simple",
  "resolveWithFullResponse",
  "encoding",
  "gzip",
  "followRedirect",
  "followAllRedirects",
  "maxRedirects",
  "removeRefererHeader",
  "strictSSL",
  "rejectUnauthorized",
  "forever",
  "qs",
  "qsStringifyOptions",
  "useQuerystring",
  "auth",
];

/** Rewrites target and options of one request in place, so that `fetch` takes them. */
export function writeRequest(writer: HttpWriter, facts: RequestFacts): void {
  new RequestWriter(writer, facts).write();
}

class RequestWriter {
  readonly #writer: HttpWriter;
  readonly #facts: RequestFacts;
  readonly #quote: (text: string) => string;
  readonly #literal: LiteralEditor | undefined;
  /** Properties for a request that has no options literal yet. */
  readonly #properties: string[] = [];

  constructor(writer: HttpWriter, facts: RequestFacts) {
    this.#writer = writer;
    this.#facts = facts;
    const { options, call } = facts.call;
    this.#quote = quoterFor(
      writer.model,
      options === undefined ? call : options.reference === undefined ? call : options.literal,
    );
    this.#literal = options === undefined ? undefined : new LiteralEditor(writer.model, writer.edits, options.literal);
  }

  write(): void {
    writeAsTexts(this.#writer, this.#facts, this.#quote);
    this.#writeMethod();
    this.#writeHeaders();
    this.#writeBody();
    if (this.#facts.timeout !== undefined) {
      this.#wrap(this.#facts.timeout, "signal", "AbortSignal.timeout(");
    }
    for (const name of REMOVED) {
      this.#remove(name);
    }
    for (const property of this.#facts.switchedOff) {
      this.#literal?.remove(property);
    }
    this.#removeDefaults();
    writeTarget(this.#writer, this.#facts);
    this.#writeOptions();
  }

  get #isIdiomatic(): boolean {
    return this.#writer.style === "idiomatic";
  }

  #text(node: Node): string {
    return this.#writer.edits.textOf(this.#writer.model.text, rangeOf(node));
  }

  #property(name: string): ESTree.Property | undefined {
    return this.#facts.call.options?.properties.get(name);
  }

  #remove(name: string): void {
    const property = this.#property(name);
    const isKept = name === "qs" && this.#facts.call.options?.reference !== undefined;
    if (property !== undefined && !isKept && !this.#facts.switchedOff.includes(property)) {
      this.#literal?.remove(property, this.#movedParts(name, property));
    }
  }

  /** What the client of V2 takes anyway is not named. */
  #removeDefaults(): void {
    for (const [name, text] of this.#facts.call.sender?.defaults ?? []) {
      const property = this.#property(name);
      if (property !== undefined && stringOf(this.#writer.model, property.value) === text) {
        this.#literal?.remove(property);
      }
    }
  }

  /** The parts of a removed option that are written elsewhere. */
  #movedParts(name: string, property: ESTree.Property): Node[] {
    const { auth } = this.#facts;
    if (name !== "auth" || auth === undefined) {
      return name === "qs" ? [property.value] : [];
    }
    return authParts(auth);
  }

  #add(text: string, behind: ESTree.Property | "first" | "last"): void {
    if (this.#literal === undefined) {
      this.#properties.push(text);
    } else {
      this.#literal.add(text, behind);
    }
  }

  /** Puts a call around the value of a property, and gives the property another name where needed. */
  #wrap(property: ESTree.Property, key: string, opening: string, closing = ")"): void {
    const { edits } = this.#writer;
    const [start, end] = rangeOf(property);
    const [valueStart] = withParentheses(this.#writer.model, property.value);
    if (property.shorthand) {
      edits.insert(start, `${key}: ${opening}`);
    } else if (staticName(property) === key) {
      edits.insert(valueStart, opening);
    } else {
      edits.replace(rangeOf(property.key), key);
      edits.insert(valueStart, opening);
    }
    edits.insert(end, closing);
  }

  #writeMethod(): void {
    const { method, isFollowed, isRedirectError, call } = this.#facts;
    const { edits, helpers, model } = this.#writer;
    const redirect = `redirect: ${this.#quote("manual")}`;
    if (method.name === undefined && method.property !== undefined) {
      edits.replace(
        rangeOf(method.property),
        `...${helpers.use("requestMethod")}(${this.#text(method.property.value)})`,
      );
    } else if (method.property === undefined) {
      if (call.verb !== undefined && call.verb !== "GET") {
        this.#add(`method: ${this.#quote(call.verb)}`, "first");
      }
    } else if (!method.isOneOf && stringOf(model, method.property.value) !== method.name) {
      const value = this.#quote(method.name ?? "");
      edits.replace(rangeOf(method.property), `method: ${value}`);
    }
    if (isRedirectError) {
      this.#add(`redirect: ${this.#quote("error")}`, method.property ?? "first");
      return;
    }
    if (this.#isIdiomatic && !refusesRedirects(model, this.#facts)) {
      return;
    }
    const isDynamic = method.name === undefined && this.#property("followRedirect") === undefined;
    if (!isFollowed && !isDynamic) {
      this.#add(redirect, method.property ?? "first");
    }
  }

  #writeHeaders(): void {
    const { headers, body, call } = this.#facts;
    const added = addedHeaders(this.#writer, this.#facts, this.#quote);
    const { property } = headers;

    if (property === undefined) {
      if (added.length > 0) {
        this.#add(`headers: { ${added.map(headerText).join(", ")} }`, newHeadersPlace(this.#facts));
      }
      return;
    }
    // V1 replaced a content type that stands elsewhere; with a second spelling beside it fetch would send both.
    const isReplacedElsewhere =
      body.kind === "form" && body.replacedType && !hasOwnHeader(property.value, "content-type");
    const needsHelper = !this.#isIdiomatic && (headers.needsHelper || isReplacedElsewhere);
    let opening = needsHelper
      ? `${this.#writer.helpers.use(call.sender === undefined ? "requestHeaders" : "plainHeaders")}(`
      : "";
    let closing = needsHelper ? ")" : "";
    if (property.value.type === "ObjectExpression") {
      extendHeaders(this.#writer, this.#facts, property.value, added);
    } else if (added.length > 0) {
      const before = added.filter((header) => !header.wins).map((header) => `${headerText(header)}, `);
      const after = added.filter((header) => header.wins).map((header) => `, ${headerText(header)}`);
      opening += `{ ${before.join("")}...`;
      closing = `${after.join("")} }${closing}`;
    }
    if (opening !== "") {
      this.#wrap(property, "headers", opening, closing);
    }
    if (body.kind !== "none" && movesHeaders(this.#writer.model, this.#facts)) {
      this.#literal?.add(this.#text(property), body.property);
      this.#literal?.remove(property, [property.value]);
    }
  }

  #writeBody(): void {
    const { body, headers } = this.#facts;
    const json = this.#property("json");
    if (json !== undefined && !(body.kind === "json" && body.property === json)) {
      this.#literal?.remove(json);
    }
    if (body.kind === "none") {
      return;
    }
    const helper = (id: TemplateId): string => `${this.#writer.helpers.use(id)}(`;
    const hasType = this.#isIdiomatic || headers.names.has("content-type");
    const isPlainRaw = body.kind === "raw" && body.value !== "unknown" && hasType;
    if (body.kind === "json") {
      const isDefined = this.#isIdiomatic || body.isDefined;
      this.#wrap(body.property, "body", isDefined ? "JSON.stringify(" : helper("jsonBody"));
    } else if (body.kind === "form") {
      const opening = formOpening(this.#writer, body);
      this.#wrap(body.property, "body", opening, opening === "" ? "" : ")");
    } else if (body.kind === "multipart") {
      writeFiles(this.#writer, body.form);
      this.#wrap(body.property, "body", helper("multipartForm"));
    } else if (!isPlainRaw) {
      this.#wrap(
        body.property,
        "body",
        body.value === "string" ? "new Blob([" : helper("rawBody"),
        body.value === "string" ? "])" : ")",
      );
    }
  }

  #writeOptions(): void {
    const { call, urlProperty } = this.#facts;
    const argument = call.call.arguments.at(-1);
    if (this.#literal === undefined) {
      if (this.#properties.length > 0 && argument !== undefined) {
        const [, end] = withParentheses(this.#writer.model, argument);
        this.#writer.edits.insert(end, `, { ${this.#properties.join(", ")} }`);
      }
      return;
    }
    const isInPlace = call.options?.reference === undefined;
    if (urlProperty !== undefined && isInPlace) {
      this.#literal.remove(urlProperty, [urlProperty.value]);
    }
    // A client that takes its options apart needs them, empty as they are.
    if (this.#literal.becomesEmpty && isInPlace && call.sender !== undefined && call.options !== undefined) {
      this.#writer.edits.replaceWhole(rangeOf(call.options.literal), "{}");
      return;
    }
    if (this.#literal.becomesEmpty && isInPlace && argument !== undefined) {
      const { model } = this.#writer;
      const { urlArgument } = call;
      const [start] = withParentheses(model, argument);
      const before = urlArgument === undefined ? start : withParentheses(model, urlArgument)[1];
      if (model.commentsIn([before, rangeOf(argument)[0]]).length === 0) {
        this.#dropOptions(before, rangeOf(call.call)[1]);
        return;
      }
    }
    this.#literal.finish();
  }

  /** Takes the options out of the call; the URL was inserted before them or stands there. */
  #dropOptions(before: number, callEnd: number): void {
    const { edits, model } = this.#writer;
    const { call } = this.#facts;
    const url = call.urlArgument;
    const query = url === undefined ? undefined : edits.textOf(model.text, rangeOf(url));
    if (url !== undefined && query !== undefined) {
      edits.replaceWhole([withParentheses(model, url)[0], callEnd], `${query})`);
      return;
    }
    const text = edits.textOf(model.text, [before, before]).replace(/, $/u, "");
    edits.replaceWhole([before, callEnd], `${text})`);
  }
}
