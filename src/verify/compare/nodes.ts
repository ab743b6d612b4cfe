/** Fields of a snapshot. */
export type Fields = Readonly<Record<string, unknown>>;

/** An error as snapshots show it. */
export interface ErrorNode {
  readonly $: "Error";
  readonly name: string;
  readonly message: string;
  readonly fields: Fields;
}

/** Tells whether two nodes are the same once the declared differences are taken into account. */
export type Same = (legacy: unknown, modern: unknown) => boolean;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isError(value: unknown): value is ErrorNode {
  return isFields(value) && value["$"] === "Error";
}
