import { errorMessage } from "./files.ts";
import type { Remark } from "./result.ts";

/** The reason of the verdict `failed`: what was thrown, which is a fault of this tool. */
export function failureReason(error: unknown): Remark {
  const message = `The migration failed and the file is as it was: ${errorMessage(error)}`;
  return { id: "internal-error", message, line: 1, column: 1 };
}
