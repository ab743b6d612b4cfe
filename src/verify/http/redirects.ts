import { resolve as resolveUrl } from "node:url";
import type { WireAnswer } from "./answer.ts";
import { parsedTarget } from "./client-options.ts";
import type { Draft, Options } from "./client-options.ts";
import type { LegacyWays } from "./legacy-ways.ts";

const NOT_FOLLOWED = new Set(["PATCH", "PUT", "POST", "DELETE"]);

/** A redirect that the client follows. */
export interface Redirect {
  readonly location: string;
  readonly status: number;
  /** Whether fetch alone follows it. */
  readonly isOfFetch: boolean;
}

export function redirectOf(
  draft: Draft,
  { status, headers }: WireAnswer,
  options: Options,
  { isOther }: LegacyWays,
): Redirect | undefined {
  const location = headers.find(([name]) => name === "location")?.[1];
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  if (options["followAllRedirects"]) return { location, status, isOfFetch: false };
  if (options["followRedirect"] !== undefined && !options["followRedirect"]) return undefined;
  const isOfFetch = NOT_FOLLOWED.has(draft.method);
  return isOfFetch && !isOther("redirects-followed") ? undefined : { location, status, isOfFetch };
}

/** Makes of a request the one that it is redirected to. */
export function follow(draft: Draft, { location, status, isOfFetch }: Redirect, options: Options): void {
  const previous = draft.uri;
  draft.uri = parsedTarget(/^https?:/u.test(location) ? location : resolveUrl(previous.href, location));
  if (options["followAllRedirects"] && draft.method !== "HEAD" && status !== 307) {
    if (!options["followOriginalHttpMethod"]) draft.method = "GET";
  }
  const staysWhole = isOfFetch ? !losesBody(draft.method, status) : status === 307;
  if (isOfFetch && !staysWhole) draft.method = "GET";
  if (!staysWhole) {
    draft.body = undefined;
    for (const name of ["host", "content-type", "content-length"]) draft.headers.delete(name);
    if (draft.uri.hostname !== previous.hostname) draft.headers.delete("authorization");
  }
  if (!options["removeRefererHeader"]) draft.headers.set("referer", previous.href);
}

/** Whether fetch goes on with GET and without the body. */
function losesBody(method: string, status: number): boolean {
  return status === 303 || (method === "POST" && (status === 301 || status === 302));
}
