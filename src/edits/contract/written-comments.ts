/** The comments that the rewritten contract holds, as they are written. */
export const writtenComments = {
  handledBelow: "/* Its error is handled below. */",
  ignoredLater: "// V1 ignored errors once the callback had been called.",
} as const;
