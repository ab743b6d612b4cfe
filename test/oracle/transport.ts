import http from "node:http";
import https from "node:https";
import type { TimedRun } from "./clock.ts";
import { scopes } from "./scopes.ts";
import { TICKET_HEADER } from "./world.ts";
import type { World } from "./world.ts";

/** Where the code that runs now belongs to; undefined when nothing is under test. */
export type CurrentRun = () => TimedRun | undefined;

type Arguments = readonly unknown[];

/**
 * Stand-ins for `node:http` and `node:https` that send every request to the world, whatever host it names. The caller
 * keeps its own URL: only the connection is another one, so redirects, Host headers and errors stay genuine.
 */
export function redirectingModules(world: World, current: CurrentRun): Record<"http:" | "https:", typeof http> {
  const agent = new http.Agent({ keepAlive: true });
  const forScheme = (scheme: "http:" | "https:"): typeof http => {
    const request = (...args: Arguments): http.ClientRequest => {
      const { options, callback } = normalise(args);
      const run = current();
      if (run === undefined) throw new Error("a request outside of any run");
      const sent = http.request(redirected(options, scheme, agent, world, run), callback);
      run.begin();
      sent.once("close", () => {
        run.end();
      });
      sent.setTimeout = (delay, onTimeout) => simulatedTimeout(sent, run, delay, onTimeout);
      return sent;
    };
    const get = (...args: Arguments): http.ClientRequest => {
      const sent = request(...args);
      sent.end();
      return sent;
    };
    return { ...(scheme === "http:" ? http : (https as unknown as typeof http)), request, get };
  };
  return { "http:": forScheme("http:"), "https:": forScheme("https:") };
}

/** The socket's own timeout would go by the machine's clock. */
function simulatedTimeout(
  sent: http.ClientRequest,
  run: TimedRun,
  delay: number,
  onTimeout?: () => void,
): http.ClientRequest {
  if (onTimeout !== undefined) sent.once("timeout", onTimeout);
  const callOff = run.clock.after(delay, () => sent.emit("timeout"), false);
  sent.once("close", callOff);
  return sent;
}

function normalise(args: Arguments): { options: http.RequestOptions; callback: never } {
  const callback = args.find((arg) => typeof arg === "function") as never;
  const [first, second] = args;
  const fromUrl = typeof first === "string" || first instanceof URL ? urlOptions(new URL(first)) : {};
  const rest = (typeof first === "object" && !(first instanceof URL) ? first : second) as
    http.RequestOptions | undefined;
  return { options: { ...fromUrl, ...(typeof rest === "object" ? rest : {}) }, callback };
}

function urlOptions(url: URL): http.RequestOptions {
  return { protocol: url.protocol, hostname: url.hostname, port: url.port, path: `${url.pathname}${url.search}` };
}

function redirected(
  options: http.RequestOptions,
  scheme: "http:" | "https:",
  agent: http.Agent,
  world: World,
  run: TimedRun,
): http.RequestOptions {
  const name = options.hostname ?? options.host ?? "localhost";
  const usual = scheme === "http:" ? "80" : "443";
  const port = String(options.port ?? "") || usual;
  const host = port === usual ? name : `${name}:${port}`;
  const headers = { host, ...(options.headers as http.OutgoingHttpHeaders | undefined) };
  const ticket = world.announce(run, `${scheme}//${host}`);
  return {
    ...options,
    hostname: undefined,
    defaultPort: undefined,
    protocol: "http:",
    host: "127.0.0.1",
    port: world.port,
    agent,
    headers: { ...headers, [TICKET_HEADER]: ticket },
  };
}

interface DispatchOptions {
  readonly origin: string | URL;
  readonly headers?: unknown;
}

interface Dispatcher {
  dispatch(options: DispatchOptions, handler: object): boolean;
}

/** The registered symbol under which Node's own fetch looks for the object that opens its connections. */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/**
 * Makes the global `fetch` of this thread send every request to the world. fetch itself stays the real one: the
 * redirection sits below it, where connections are opened.
 */
export function redirectFetch(world: World, current: CurrentRun): void {
  // Node loads its fetch, and with it the dispatcher, on the first use of one of these classes.
  Reflect.construct(Headers, []);
  const slots = globalThis as unknown as Record<symbol, Dispatcher>;
  const original = slots[DISPATCHER];
  if (original === undefined)
    throw new Error("This Node.js has no global fetch dispatcher; the oracle can't redirect fetch.");
  slots[DISPATCHER] = {
    dispatch(options, handler) {
      const run = current();
      if (run === undefined) return original.dispatch(options, handler);
      const ticket = world.announce(run, String(options.origin));
      run.begin();
      const target = `http://127.0.0.1:${String(world.port)}`;
      const observed = watched(handler, () => {
        run.end();
      });
      const redirectedOptions = { ...options, origin: target, headers: withTicket(options.headers, ticket) };
      // The timers of the HTTP client are not those of the function.
      return scopes.run({ run, timers: "host" }, () => original.dispatch(redirectedOptions, observed));
    },
  };
}

/** Counts the answers which the Response of this thread's fetch can't read as JSON. */
export function noteBrokenBodies(current: CurrentRun): void {
  const { json } = Response.prototype;
  const value = async function readJson(this: Response): Promise<unknown> {
    try {
      return await json.call(this);
    } catch (error) {
      const run = current();
      if (run !== undefined && error instanceof SyntaxError) run.noteBrokenBody();
      throw error;
    }
  };
  Object.defineProperty(Response.prototype, "json", { configurable: true, writable: true, value });
}

function withTicket(headers: unknown, ticket: string): unknown {
  if (Array.isArray(headers)) {
    const pairs = headers.length > 0 && Array.isArray(headers[0]);
    return pairs
      ? [...(headers as unknown[]), [TICKET_HEADER, ticket]]
      : [...(headers as unknown[]), TICKET_HEADER, ticket];
  }
  return { ...(headers as object | undefined), [TICKET_HEADER]: ticket };
}

const LAST_EVENTS = new Set<PropertyKey>(["onComplete", "onError", "onResponseEnd", "onResponseError"]);

/** The handler, with a notice when its request is over. */
function watched(handler: object, over: () => void): object {
  let open = true;
  return new Proxy(handler, {
    get(target, key) {
      const member = Reflect.get(target, key) as unknown;
      if (typeof member !== "function") return member;
      return (...args: unknown[]): unknown => {
        if (open && LAST_EVENTS.has(key)) {
          open = false;
          over();
        }
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}
