/** Packages whose module is what `Toolbelt.HTTPClient()` gives, but for the client's own headers and its trust in any certificate. */
export const requestPromises: ReadonlySet<string> = new Set(["request-promise", "request-promise-native"]);

/**
 * What to do about other packages that send requests; it completes the sentence “`axios` is not migrated: …”.
 * Source: the readme of each package.
 */
export const httpPackages: ReadonlyMap<string, string> = new Map(
  Object.entries({
    axios:
      "write its calls with `fetch`, which does not reject for a status outside 2xx, and gives the parsed body by `await response.json()`",
    "cross-fetch": "remove it and call the global `fetch`",
    got: "write its calls with `fetch`; write what it did itself (retries, `searchParams`, an error for a status outside 2xx)",
    needle: "write its calls with `fetch`; it encodes data as a form unless `json` is set",
    "node-fetch":
      "remove it and call the global `fetch`; `timeout`, `agent` and `size` are options of the package only, and `response.buffer()` is `response.arrayBuffer()`",
    request:
      "it calls back and gives no promise, also with `util.promisify`; write its calls with `await` and `Toolbelt.HTTPClient()`, then run again, or with `fetch`",
    "request-promise/errors": "compare the `name` of the error with `StatusCodeError` instead of its class",
    "request-promise-core/errors": "compare the `name` of the error with `StatusCodeError` instead of its class",
    "request-promise-native/errors": "compare the `name` of the error with `StatusCodeError` instead of its class",
    superagent: "write its calls with `fetch`, which does not reject for a status outside 2xx",
    undici: "call the global `fetch`, which is the one of undici",
  }),
);

/** Methods that only promises of bluebird have, which request-promise gives. Source: the API of bluebird 3. */
export const bluebirdMethods: ReadonlySet<string> = new Set([
  "asCallback",
  "catchReturn",
  "catchThrow",
  "caught",
  "disposer",
  "isCancelled",
  "isFulfilled",
  "isPending",
  "isRejected",
  "lastly",
  "nodeify",
  "reflect",
  "spread",
  "suppressUnhandledRejections",
  "tap",
  "tapCatch",
  "thenReturn",
  "thenThrow",
]);
