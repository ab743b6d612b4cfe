import type { CallAnswer } from "../model.ts";
import type { Run } from "./run.ts";

/** The factories of a toolbelt, each with one argument at most. */
export type Factories = Readonly<Record<string, (config?: unknown) => object>>;

/** Which files are replaced: called as by `Array.prototype.filter`. */
export type Choose = (path: string, index: number, all: readonly string[]) => boolean;

/**
 * Notes a call of a client, and answers in a later turn.
 *
 * @param answer gets what the scenario says of the call: `refusal` and `nothing` are the client's own affair
 */
export async function withTurn<T>(
  run: Run,
  name: string,
  args: readonly unknown[],
  answer: (brings: CallAnswer | undefined) => T,
): Promise<T> {
  const brings = run.call(name, args);
  run.begin();
  try {
    await Promise.resolve();
    // No error of a client: what these look like differs between the platforms, and is declared elsewhere.
    if (brings === "failure") throw new Error(`${name} failed`);
    return answer(brings);
  } finally {
    run.end();
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** V2's error of every toolbelt client: its `name` stays "Error". */
export class ToolBeltError extends Error {
  readonly component: string;
  readonly code: string;

  constructor(component: string, code: string, message: string) {
    super(message);
    this.component = component;
    this.code = code;
  }
}
