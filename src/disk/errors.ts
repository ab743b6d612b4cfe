/** A file that must not be replaced; the message says why and what to do. */
export class NotReplaced extends Error {}

/** Whether something that was thrown is an error of the file system with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
