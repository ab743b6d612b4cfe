import { types } from "node:util";
import type { Handler } from "./handler.ts";

/** Also errors of another realm: jest has one for each test file. */
function isError(value: unknown): boolean {
  return types.isNativeError(value) || value instanceof Error || value instanceof DOMException;
}

/** The V2 contract: what is thrown and is no Error is dropped, and the caller gets an empty answer. */
export function modernHandler(lambda: Handler): Handler {
  return async (input) => {
    try {
      return await lambda(input);
    } catch (error) {
      if (isError(error)) throw error;
      return undefined;
    }
  };
}
