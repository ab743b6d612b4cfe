/** One migration step, as `--list` shows it. */
export interface StepDescription {
  readonly id: string;
  readonly description: string;
}

/** The migration steps in the order in which they run. */
export const steps: readonly StepDescription[] = [
  { id: "http-client-to-fetch", description: "Turn HTTPClient calls into native fetch." },
  { id: "callback-to-async", description: "Turn the callback handler into an async function that returns or throws." },
  { id: "require-to-import", description: "Turn require calls into imports and V1 packages into V2 packages." },
  { id: "global-clients", description: "Create toolbelt clients once, in module scope." },
  { id: "parallel-secrets", description: "Read independent secrets with Promise.all." },
];
