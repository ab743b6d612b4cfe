import type { Clock } from "../world/clock.ts";
import type { Run } from "../world/run.ts";
import type { WireAnswer } from "./answer.ts";
import { sendRequest } from "./network.ts";

/** What Node's fetch asks the object below it for. */
interface DispatchOptions {
  readonly origin: string | URL;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The events that fetch handles, in this order; an error ends it. */
interface DispatchHandler {
  onConnect(abort: (reason?: unknown) => void): void;
  onHeaders(status: number, rawHeaders: readonly Buffer[], resume: () => void, statusText: string): unknown;
  onData(chunk: Buffer): unknown;
  onComplete(trailers: readonly Buffer[]): void;
  onError(error: unknown): void;
}

/** The registered symbol under which Node's own fetch (20 to 24) looks for the object that opens its connections. */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/** The run that is under way, with its clock. */
export type Stage = () => { readonly run: Run; readonly clock: Clock } | undefined;

/**
 * Leads every request of the global `fetch` to the simulated network. fetch itself stays the real one: redirects,
 * aborts, bodies and errors are its own.
 */
export function simulateFetch(stage: Stage): void {
  // Node loads its fetch, and with it the dispatcher, on the first use of one of these classes.
  Reflect.construct(Headers, []);
  noteBrokenBodies(stage);
  Reflect.set(globalThis, DISPATCHER, {
    // Lets fetch hand a body over as it is, not as a stream of it.
    isMockActive: true,
    dispatch(options: DispatchOptions, handler: DispatchHandler): boolean {
      const current = stage();
      if (current === undefined) throw new Error("A request outside of any run.");
      new Exchange(handler, current.run, current.clock).start(options);
      return true;
    },
  });
}

/** Notes every answer that is asked for as JSON and is not one. */
function noteBrokenBodies(stage: Stage): void {
  const prototype = Response.prototype as { json: (this: Response) => Promise<unknown> };
  const { json } = prototype;
  prototype.json = async function (this: Response) {
    try {
      return await json.call(this);
    } catch (error) {
      const current = stage();
      if (current !== undefined && error instanceof SyntaxError) current.run.noteBrokenBody();
      throw error;
    }
  };
}

/** One request of fetch on its way. */
class Exchange {
  readonly #handler: DispatchHandler;
  readonly #run: Run;
  readonly #clock: Clock;
  #withdraw: () => void = () => undefined;
  #isOver = false;

  constructor(handler: DispatchHandler, run: Run, clock: Clock) {
    this.#handler = handler;
    this.#run = run;
    this.#clock = clock;
  }

  start(options: DispatchOptions): void {
    this.#handler.onConnect((reason) => {
      this.#end(() => {
        this.#withdraw();
        this.#handler.onError(reason ?? new DOMException("This operation was aborted", "AbortError"));
      });
    });
    const bytes = bytesAtOnce(options);
    // Only a body that has to be waited for takes a turn: the rest leaves at once, as on the wire.
    if (bytes === undefined) void this.#sendLater(options);
    else this.#send(options, bytes);
  }

  async #sendLater(options: DispatchOptions): Promise<void> {
    this.#run.begin();
    try {
      const { body } = options;
      const whole = body instanceof FormData ? formBlob(body, options.headers) : body;
      const parts = (whole instanceof Blob ? whole.stream() : whole) as AsyncIterable<Uint8Array>;
      const chunks: Uint8Array[] = [];
      for await (const chunk of parts) chunks.push(chunk);
      this.#send(options, Buffer.concat(chunks));
    } catch (error) {
      this.#end(() => {
        this.#handler.onError(error);
      });
    } finally {
      this.#run.end();
    }
  }

  #send({ origin, path, method, headers }: DispatchOptions, body: Buffer): void {
    if (this.#isOver) return;
    const sent = { origin: new URL(origin).origin, method, path, headers: Object.entries(headers), body };
    this.#withdraw = sendRequest(this.#run, this.#clock, sent, {
      answered: (answer) => {
        this.#end(() => {
          this.#tell(answer);
        });
      },
      lost: () => {
        this.#end(() => {
          this.#handler.onError(socketError());
        });
      },
    });
  }

  #tell({ status, statusText, headers, body }: WireAnswer): void {
    const raw = headers.flat().map((text) => Buffer.from(text, "latin1"));
    this.#handler.onHeaders(status, raw, () => undefined, statusText);
    if (body.length > 0) this.#handler.onData(body);
    this.#handler.onComplete([]);
  }

  #end(how: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    how();
  }
}

/** As undici fails when the other side closes the connection. */
export function socketError(): Error {
  return Object.assign(new Error("other side closed"), { name: "SocketError", code: "UND_ERR_SOCKET" });
}

/** The bytes of a body that is there; undefined for one that has to be read first. */
function bytesAtOnce({ body, headers }: DispatchOptions): Buffer | undefined {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return Buffer.from(body);
  if (body instanceof FormData) return formBytes(body, headers);
  return undefined;
}

/** A form as fetch writes it, with the boundary that it has put in the header: texts, and files between them. */
function formParts(form: FormData, headers: Readonly<Record<string, string>>): (string | File)[] {
  const [, boundary = ""] = /boundary=(.*)$/u.exec(headers["content-type"] ?? "") ?? [];
  const parts = [...form].flatMap(([name, value]) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
    if (typeof value === "string") return [`${head}\r\n\r\n${value.replaceAll(/\r\n?|\n/gu, "\r\n")}\r\n`];
    const type = value.type === "" ? "application/octet-stream" : value.type;
    return [`${head}; filename="${value.name}"\r\nContent-Type: ${type}\r\n\r\n`, value, "\r\n"];
  });
  return [...parts, `--${boundary}--\r\n`];
}

/** The bytes of a form of texts; undefined where files have to be read. */
function formBytes(form: FormData, headers: Readonly<Record<string, string>>): Buffer | undefined {
  const parts = formParts(form, headers);
  const texts = parts.filter((part) => typeof part === "string");
  return texts.length === parts.length ? Buffer.from(texts.join("")) : undefined;
}

function formBlob(form: FormData, headers: Readonly<Record<string, string>>): Blob {
  return new Blob(formParts(form, headers));
}
