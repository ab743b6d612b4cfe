import http from "node:http";
import https from "node:https";
import { Duplex } from "node:stream";
import { sendRequest } from "./network.ts";
import type { Stage } from "./fetch.ts";

/** One end of a connection in memory: what is written to it is read from the other end. */
class PipeEnd extends Duplex {
  other: PipeEnd | undefined;
  #resume: (() => void) | undefined;

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const { other } = this;
    if (other === undefined || other.destroyed || other.push(chunk)) done();
    else other.#resume = done;
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    this.other = undefined;
    if (other !== undefined && !other.destroyed) process.nextTick(() => other.destroy());
    done(error);
  }

  // Parts of a socket that Node's client asks for. Nothing of it has to be waited for here.
  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

interface Target {
  readonly host?: string;
  readonly port?: number | string;
}

/**
 * Leads the requests of `node:http` and `node:https` to the simulated network. Their clients stay the real ones; only
 * the connections that their agents open are others.
 */
export function simulateNodeHttp(stage: Stage): void {
  const origins = new WeakMap<object, string>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const current = stage();
      if (current === undefined) return;
      const headers: [string, string][] = [];
      for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
        headers.push([request.rawHeaders[index] ?? "", request.rawHeaders[index + 1] ?? ""]);
      }
      const origin = origins.get(request.socket) ?? "";
      const sent = {
        origin,
        method: request.method ?? "",
        path: request.url ?? "",
        headers,
        body: Buffer.concat(chunks),
      };
      sendRequest(current.run, current.clock, sent, {
        answered: (answer) => {
          response.sendDate = false;
          response.writeHead(answer.status, answer.statusText, answer.headers.flat());
          response.end(answer.body);
        },
        lost: () => {
          request.socket.destroy();
        },
      });
    });
  });
  // Waiting is what the virtual clock is for: the server's own timers would keep the process busy.
  server.timeout = 0;
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;

  const connect = (scheme: string, { host = "localhost", port }: Target): Duplex => {
    if (stage() === undefined) throw new Error("A connection outside of any run.");
    const [client, accepted] = [new PipeEnd(), new PipeEnd()];
    client.other = accepted;
    accepted.other = client;
    const isUsual = String(port) === (scheme === "http:" ? "80" : "443");
    origins.set(accepted, `${scheme}//${host}${isUsual || port === undefined ? "" : `:${String(port)}`}`);
    server.emit("connection", accepted);
    return client;
  };
  Reflect.set(http.Agent.prototype, "createConnection", (target: Target) => connect("http:", target));
  Reflect.set(https.Agent.prototype, "createConnection", (target: Target) => connect("https:", target));
}
