import { isFields } from "./nodes.ts";

/** What V1's client encodes, and fetch leaves as it is in a path or in a query. */
const LEFT_BY_FETCH = /[{}|^`'\\]/gu;

/** An address as both clients would write it: its path is normal, and all is encoded that one of them encodes. */
function encoded(url: string): string {
  try {
    return new URL(url).href.replaceAll(LEFT_BY_FETCH, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return url;
  }
}

/** True for requests that differ in nothing but how their addresses are encoded. */
export function areEncodedOtherwise(legacy: unknown, modern: unknown): boolean {
  if (!Array.isArray(legacy) || !Array.isArray(modern)) return false;
  const [before, after] = [legacy, modern].map((requests: readonly unknown[]) =>
    JSON.stringify(
      requests.map((request) =>
        isFields(request) && typeof request["url"] === "string"
          ? { ...request, url: encoded(request["url"]) }
          : request,
      ),
    ),
  );
  return before === after;
}
