/** What the error of a status has besides its message. */
export type StatusField = "name" | "statusCode" | "error" | "response";

/** A part of the response that the error of a status holds. */
export type ResponsePart = "statusCode" | "headers" | "body";

/** What a file can notice of the error of a status. */
export interface StatusErrorUse {
  /** What it reads besides the message; the platform looks at the message alone. */
  readonly fields: ReadonlySet<StatusField>;
  /** What it reads of `error.response`, headers one by one; undefined where it may read more. */
  readonly responseParts: ReadonlySet<ResponsePart> | undefined;
  /** It reads the message, or may: not only to log it, or to put it into another error. */
  readonly readsText: boolean;
}
