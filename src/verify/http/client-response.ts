import type { UrlWithStringQuery } from "node:url";
import { headerObject } from "./answer.ts";
import type { WireAnswer } from "./answer.ts";
import { pathOf } from "./client-options.ts";
import type { Draft } from "./client-options.ts";

/** The parts of request's own object that can be reached from a response. */
class SentRequest {
  readonly uri: UrlWithStringQuery;
  readonly href: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly path: string;

  constructor({ uri, method, headers }: Draft) {
    this.uri = uri;
    this.href = uri.href;
    this.method = method;
    this.headers = headers.toObject();
    this.path = pathOf(uri);
  }

  toJSON(): object {
    const { uri, method, headers } = this;
    return { uri, method, headers };
  }
}

/** What `resolveWithFullResponse` gives, and what errors carry: the parts of an IncomingMessage that hold data. */
export class ClientResponse {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly httpVersion = "1.1";
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly rawHeaders: readonly string[];
  readonly request: SentRequest;
  body: unknown;

  constructor(draft: Draft, answer: WireAnswer) {
    this.statusCode = answer.status;
    this.statusMessage = answer.statusText;
    this.headers = headerObject(answer.headers);
    this.rawHeaders = answer.headers.flat();
    this.request = new SentRequest(draft);
  }

  toJSON(): object {
    const { statusCode, body, headers, request } = this;
    return { statusCode, body, headers, request: request.toJSON() };
  }
}
