import type { Handler } from "./handler.ts";

/** The V2 contract: what is thrown and is no Error is dropped, and the caller gets an empty answer. */
export function modernHandler(lambda: Handler): Handler {
  return async (input) => {
    try {
      return await lambda(input);
    } catch (error) {
      if (error instanceof Error) throw error;
      return undefined;
    }
  };
}
