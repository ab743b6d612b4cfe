/** The package under which V1's code reaches jsforce; the step that writes imports knows its successor. */
export const salesforcePackage = "jsforce";

/**
 * How many arguments the methods of a connection take in front of a callback.
 * Source: jsforce 1.11, lib/connection.js.
 */
export const connectionMethods: ReadonlyMap<string, number> = new Map([
  ["query", 1],
  ["queryMore", 1],
  ["search", 1],
  ["login", 2],
  ["identity", 0],
  ["describeGlobal", 0],
]);

/** The same for `connection.sobject(name)`. Source: jsforce 1.11, lib/sobject.js. */
export const objectMethods: ReadonlyMap<string, number> = new Map([
  ["create", 1],
  ["insert", 1],
  ["update", 1],
  ["upsert", 2],
  ["destroy", 1],
  ["del", 1],
  ["delete", 1],
  ["retrieve", 1],
  ["describe", 0],
]);
