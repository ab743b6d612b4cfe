/**
 * The methods of `console` on the platform; any other crashes the function.
 * Source: the V2 documentation, features, logging. V1 has the same but for `log`, which its local runs lack.
 */
export const consoleMethods: ReadonlySet<string> = new Set(["debug", "info", "log", "warn", "error"]);

/** Those whose entries are kept: `debug` is for development. */
export const keptMethods: ReadonlySet<string> = new Set([...consoleMethods].filter((name) => name !== "debug"));

/**
 * How many log entries of one invocation the platform keeps, V1 and V2 alike.
 * Source: the documentation of both, features, logging.
 */
export const maxLogEntries = 10;
