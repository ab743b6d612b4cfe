import { gunzipSync, inflateSync } from "node:zlib";
import type { Clock } from "../world/clock.ts";
import type { Run } from "../world/run.ts";
import type { HttpClient } from "../world/toolbelt-v1.ts";
import type { WireAnswer } from "./answer.ts";
import { bytesOf, checkSendable, draftRequest, pathOf, unsimulatedOption } from "./client-options.ts";
import type { Draft, Options } from "./client-options.ts";
import { ClientResponse } from "./client-response.ts";
import { checkFormData } from "./form-data.ts";
import { LEGACY_WAYS } from "./legacy-ways.ts";
import type { LegacyWays } from "./legacy-ways.ts";
import { sendRequest } from "./network.ts";
import { follow, redirectOf } from "./redirects.ts";

type Transform = (body: unknown, response: ClientResponse, full: boolean) => unknown;

/** The options as request-promise completes them: it hands them out on its errors. */
interface Completed extends Options {
  readonly method?: unknown;
  readonly transform: Transform | undefined;
  readonly simple: boolean;
  readonly resolveWithFullResponse: boolean;
  readonly transform2xxOnly: boolean;
}

const VERBS = { get: "GET", head: "HEAD", options: "OPTIONS", post: "POST", put: "PUT", patch: "PATCH", del: "DELETE" };

/** V1's HTTPClient: request-promise over the simulated network, with headers of its own. */
export function createHttpClient(run: Run, clock: Clock, ways: LegacyWays = LEGACY_WAYS): HttpClient {
  return clientWith((first, second) => callOptions(run, first, second), { run, clock, ways });
}

/** The package request-promise over the simulated network. */
export function createRequestPromise(run: Run, clock: Clock, ways: LegacyWays = LEGACY_WAYS): HttpClient {
  return clientWith(packageOptions, { run, clock, ways });
}

/** What a client works in. */
interface World {
  readonly run: Run;
  readonly clock: Clock;
  readonly ways: LegacyWays;
}

type ReadOptions = (first: unknown, second: Options | undefined) => Options;

function clientWith(optionsOf: ReadOptions, world: World): HttpClient {
  const withMethod =
    (method?: string): HttpClient =>
    async (first, second) => {
      const options = { ...optionsOf(first, second), ...(method !== undefined && { method }) };
      return perform(withoutUndefined(options), world);
    };
  const verbs = Object.entries({ ...VERBS, delete: "DELETE" }).map(([name, method]) => [name, withMethod(method)]);
  const defaults = (): never => world.run.refuse("it uses `defaults` of the HTTPClient, which is not simulated");
  return Object.assign(withMethod(), Object.fromEntries(verbs) as Record<string, HttpClient>, { defaults });
}

/** The options in the first argument win, and V1's own headers stand only where the function gives none. */
function callOptions(run: Run, first: unknown, second: Options | undefined): Options {
  const asOptions = typeof first === "object" && first !== null ? (first as Options) : undefined;
  return {
    uri: typeof first === "string" ? first : (asOptions?.["uri"] ?? asOptions?.["url"]),
    rejectUnauthorized: false,
    headers: { "LP-URL": run.env["BRAND_ID"], "User-Agent": `LP-Lambda-${String(run.env["LAMBDA_UUID"])}` },
    ...second,
    ...asOptions,
  };
}

/** As request reads its arguments: an address and options, or options alone. */
function packageOptions(first: unknown, second: Options | undefined): Options {
  if (typeof second === "object") return { ...second, uri: first };
  return typeof first === "string" ? { uri: first } : { ...(first as Options | undefined) };
}

/** request does not take over what is undefined. */
function withoutUndefined(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** HEAD gives the headers where the function asks for no whole response. */
const headTransform: Transform = (_body, response, full) => (full ? response : response.headers);

function completed(options: Options): Completed {
  const method = typeof options["method"] === "string" ? options["method"].toUpperCase() : options["method"];
  const transform = (options["transform"] || (method === "HEAD" ? headTransform : undefined)) as Transform | undefined;
  return {
    ...options,
    callback: () => undefined,
    ...(method !== undefined && { method }),
    transform,
    simple: options["simple"] !== false,
    resolveWithFullResponse: options["resolveWithFullResponse"] === true,
    transform2xxOnly: options["transform2xxOnly"] === true,
  };
}

async function perform(given: Options, world: World): Promise<unknown> {
  const { run, clock, ways } = world;
  const unsimulated = unsimulatedOption(given);
  if (unsimulated !== undefined)
    run.refuse(`it uses the option \`${unsimulated}\` of the HTTPClient, which is not simulated`);
  if (given["method"] === "HEAD" && (given["body"] || (given["json"] && typeof given["json"] !== "boolean"))) {
    throw new Error("HTTP HEAD requests MUST NOT include a request body.");
  }
  checkFormData(given["formData"]);
  const options = completed(given);
  let response: ClientResponse;
  try {
    // The client knows methods as they were written: that decides which redirects it follows.
    const draft = draftRequest(given);
    if (draft.rejection !== undefined) {
      // It leaves in a later turn, and nobody hears what comes of it.
      clock.after(0, () => void exchange(draft, options, world).catch(() => undefined));
      throw draft.rejection;
    }
    response = await exchange(draft, options, world);
  } catch (cause) {
    throw ways.errors.request(cause, options);
  }
  const isRead = /^2/u.test(String(response.statusCode)) || !options.simple;
  response.body = parsedBody(response.body as Buffer, options, isRead ? ways : LEGACY_WAYS);
  return settled(response, options, ways);
}

async function settled(response: ClientResponse, options: Completed, { errors }: LegacyWays): Promise<unknown> {
  const { simple, transform, transform2xxOnly, resolveWithFullResponse } = options;
  const isGood = /^2/u.test(String(response.statusCode));
  const transforms = typeof transform === "function" && (isGood || !transform2xxOnly);
  let result: unknown = response;
  if (transforms) {
    try {
      result = await transform(response.body, response, resolveWithFullResponse);
    } catch (cause) {
      throw errors.transform(cause, options, response);
    }
  }
  if (simple && !isGood) throw errors.status(response, options, result);
  return transforms || resolveWithFullResponse ? result : response.body;
}

const DEFAULT_MAX_REDIRECTS = 10;

/** One request, and those that its redirects lead to. The response's body is its bytes. */
async function exchange(draft: Draft, options: Completed, { run, clock, ways }: World): Promise<ClientResponse> {
  const longest = (options["maxRedirects"] as number | undefined) ?? DEFAULT_MAX_REDIRECTS;
  for (let followed = 0; ; followed += 1) {
    const answer = await sendDraft(draft, options, run, clock);
    const response = new ClientResponse(draft, answer);
    const redirect = redirectOf(draft, answer, options, ways);
    const allow = options["followRedirect"];
    if (redirect === undefined || (typeof allow === "function" && !Reflect.apply(allow, undefined, [response]))) {
      response.body = decodedBody(answer, options);
      return response;
    }
    if (followed >= longest) {
      throw new Error(`Exceeded maxRedirects. Probably stuck in a redirect loop ${draft.uri.href}`);
    }
    follow(draft, redirect, options);
  }
}

function sendDraft(draft: Draft, options: Completed, run: Run, clock: Clock): Promise<WireAnswer> {
  checkSendable(draft);
  const { uri, method, headers, body } = draft;
  if (!body && method !== "GET") headers.set("content-length", 0);
  const timeout = timeoutOf(options["timeout"]);
  const isRejected = draft.rejection !== undefined;
  return new Promise((resolve, reject) => {
    const origin = `${String(uri.protocol)}//${hostOf(draft)}`;
    const path = pathOf(uri);
    const sent = {
      origin,
      method: method.toUpperCase(),
      path,
      headers: onTheWire(draft),
      body: bytesOf(body),
      isRejected,
    };
    const timer: { event?: number } = {};
    const inTime = (act: () => void): void => {
      if (timer.event !== undefined) clock.cancel(timer.event);
      act();
    };
    const withdraw = sendRequest(run, clock, sent, {
      answered: (answer) => {
        inTime(() => {
          resolve(answer);
        });
      },
      lost: () => {
        inTime(() => {
          reject(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
        });
      },
    });
    if (timeout === undefined) return;
    timer.event = clock.after(timeout, () => {
      withdraw();
      reject(Object.assign(new Error("ESOCKETTIMEDOUT"), { code: "ESOCKETTIMEDOUT", connect: false }));
    });
  });
}

function timeoutOf(timeout: unknown): number | undefined {
  return typeof timeout === "number" && Number.isFinite(timeout) && timeout > 0 ? timeout : undefined;
}

function hostOf({ uri }: Draft): string {
  const isUsual = String(uri.port) === (uri.protocol === "http:" ? "80" : "443");
  return isUsual ? (uri.hostname ?? "") : (uri.host ?? "");
}

/** Node.js writes headers as UTF-8 when a text follows them, which servers read byte by byte. */
function onTheWire({ headers, body }: Draft): [string, string][] {
  const pairs = headers.toPairs();
  if (typeof body !== "string" || body === "") return pairs;
  return pairs.map(([name, value]) => [name, Buffer.from(value, "utf8").toString("latin1")]);
}

/** The bytes after what `gzip: true` unpacks. */
function decodedBody({ headers, body }: WireAnswer, options: Completed): Buffer {
  const encoding = headers
    .find(([name]) => name === "content-encoding")?.[1]
    .trim()
    .toLowerCase();
  if (!options["gzip"] || body.length === 0) return body;
  if (encoding === "gzip") return gunzipSync(body);
  return encoding === "deflate" ? inflateSync(body) : body;
}

function parsedBody(bytes: Buffer, options: Completed, { isOther }: LegacyWays): unknown {
  const { encoding, json, jsonReviver } = options;
  const text = encoding === null ? bytes : decodedText(bytes, encoding as BufferEncoding | undefined);
  const body = bytes.length === 0 ? undefined : text;
  if (!json) return body ?? (encoding === null ? Buffer.alloc(0) : "");
  try {
    return JSON.parse(String(body), typeof jsonReviver === "function" ? (jsonReviver as never) : undefined);
  } catch (error) {
    if (!isOther("strict-json")) return body;
    throw body === undefined ? new SyntaxError("Unexpected end of JSON input") : error;
  }
}

/** Only an encoding that was asked for takes a byte order mark away. */
function decodedText(bytes: Buffer, encoding: BufferEncoding | undefined): string {
  const text = bytes.toString(encoding);
  return encoding === "utf8" && text.startsWith("\uFEFF") ? text.slice(1) : text;
}
