/**
 * The methods of `console` on the platform; any other crashes the function.
 * Source: the V2 documentation, features, logging. V1 has the same but for `log`, which its local runs lack.
 */
export const consoleMethods: ReadonlySet<string> = new Set(["debug", "info", "log", "warn", "error"]);
