// @ts-nocheck

// V2 drops what is thrown and is no Error: its text becomes the message of one, its fields are kept.
export function asError(value) {
  if (value instanceof Error) {
    return value;
  }
  const { message, ...fields } = typeof value === "object" ? { ...value } : { message: String(value) };
  return Object.assign(new Error(typeof message === "string" ? message : JSON.stringify(value)), fields);
}
