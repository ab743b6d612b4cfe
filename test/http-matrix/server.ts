import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

function answer(status: number, type: string, body: string): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": type, "x-answer": "yes" }).end(body);
  };
}

function redirect(status: number): Answer {
  return (response) => {
    response.writeHead(status, { location: "json-200?from=redirect" }).end("elsewhere");
  };
}

export const endpoints: Readonly<Record<string, Answer>> = {
  "json-200": answer(200, "application/json", '{"ok":true,"list":[1,"ü"]}'),
  "text-200": answer(200, "text/plain", "plain text ü"),
  "broken-json-200": answer(200, "application/json", '{"ok":'),
  "empty-204": (response) => {
    response.writeHead(204).end();
  },
  "cookies-200": (response) => {
    response.writeHead(200, { "set-cookie": ["a=1; Path=/", "b=2"], vary: "accept" }).end("cookies");
  },
  "json-201": answer(201, "application/json", '{"id":7}'),
  "null-200": answer(200, "application/json", "null"),
  "empty-200": answer(200, "application/json", ""),
  "text-404": answer(404, "text/html", "<p>nothing here</p>"),
  "empty-404": answer(404, "text/plain", ""),
  "json-404": answer(404, "application/json", '{"code":404}'),
  "text-500": answer(500, "text/plain", 'broken "badly"'),
  "redirect-301": redirect(301),
  "redirect-302": redirect(302),
  "redirect-303": redirect(303),
  "redirect-307": redirect(307),
  "redirect-308": redirect(308),
  reset: (_response, request) => {
    request.socket.destroy();
  },
};

/** A server that answers `/<tag>/<endpoint>` and remembers what it got under each tag. */
export class RecordingServer {
  readonly #received = new Map<string, ReceivedRequest[]>();
  readonly #server: Server = createServer((request, response) => {
    this.#handle(request, response);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    return `http://127.0.0.1:${String(address !== null && typeof address === "object" ? address.port : 0)}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  receivedFor(tag: string): readonly ReceivedRequest[] {
    return this.#received.get(tag) ?? [];
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const [, tag = "", endpoint = ""] = /^\/([^/]+)\/([^/?]+)/u.exec(request.url ?? "") ?? [];
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const list = this.#received.get(tag) ?? [];
      this.#received.set(tag, list);
      list.push({
        method: request.method ?? "",
        url: (request.url ?? "").replace(`/${tag}/`, "/"),
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString("base64"),
      });
      endpoints[endpoint]?.(response, request);
    });
  }
}
