import type { Handler } from "./handler.ts";

/** A V1 handler. */
export type Lambda = (input: unknown, callback: (error?: unknown, result?: unknown) => void) => unknown;

/**
 * The V1 contract: the first settlement wins, only `undefined` and `null` mean "no error", what the handler returns
 * is ignored, and a throw or rejection of the handler rejects. Never settles when nobody settles it.
 */
export function legacyHandler(lambda: Lambda): Handler {
  return (input) =>
    new Promise((resolve, reject) => {
      const callback = (error?: unknown, result?: unknown): void => {
        if (error === undefined || error === null) resolve(result);
        // The function decides what it fails with, non-errors included: that is what is under test.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        else reject(error);
      };
      const returned = lambda(input, callback) as
        { then?: (...args: unknown[]) => { catch: (f: unknown) => void } } | undefined;
      if (returned?.then) returned.then(() => undefined).catch(reject);
    });
}
