import { STATUS_CODES } from "node:http";
import type { Answer } from "../model.ts";

/** What is answered when nothing is scripted. Names that functions often read, so that happy paths go far. */
const DEFAULT_BODY = { ok: true, id: 7, name: "example", access_token: "token", items: [{ id: 1 }, { id: 2 }] };

/** An answer as a server sends it. */
export interface WireAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names; a name with several values stands several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The bytes and headers of a scripted answer. */
export function wireAnswer(answer: Answer, method: string): WireAnswer {
  const status = answer.status ?? 200;
  const body = "body" in answer ? answer.body : status === 200 ? DEFAULT_BODY : undefined;
  const bytes =
    body === undefined ? Buffer.alloc(0) : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const headers = Object.entries(answer.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each) => [name.toLowerCase(), each] as const),
  );
  const has = (name: string): boolean => headers.some(([other]) => other === name);
  if (body !== undefined && !has("content-type")) {
    headers.push(["content-type", typeof body === "string" ? "text/plain" : "application/json"]);
  }
  if (status !== 204 && status !== 304 && !has("content-length")) {
    headers.push(["content-length", String(bytes.length)]);
  }
  const hasNoBody = method === "HEAD" || status === 204 || status === 304;
  return { status, statusText: STATUS_CODES[status] ?? "", headers, body: hasNoBody ? Buffer.alloc(0) : bytes };
}

/** Headers as `IncomingMessage.headers` has them: `set-cookie` is a list, the rest joined. */
export function headerObject(headers: WireAnswer["headers"]): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const before = result[name];
    if (name === "set-cookie") result[name] = [...(Array.isArray(before) ? before : []), value];
    else result[name] = before === undefined ? value : `${String(before)}, ${value}`;
  }
  return result;
}
