/** True for two types that are the same to the compiler, `any` and optional members included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles for `true` alone. */
export function assertType<Assertion extends true>(): Assertion | undefined {
  return undefined;
}
