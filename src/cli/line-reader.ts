import { createInterface } from "node:readline";

import type { CliContext } from "./context.ts";
import { Interrupted } from "./signals.ts";

/** Asks a person, one line at a time. */
export interface LineReader {
  /** The answer without its line end; undefined where no more comes. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Lets another program read the same input for as long as something takes. */
  readonly lend: <T>(action: () => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/** The terminal itself edits the line and shows it, so this works the same with every input. */
export function createLineReader({ stdin, stdout }: Required<Pick<CliContext, "stdin" | "stdout">>): LineReader {
  const lines = createInterface({ input: stdin, terminal: false });
  const waiting: string[] = [];
  let isClosed = false;
  let wake = (): void => undefined;
  lines.on("line", (line) => {
    waiting.push(line);
    wake();
  });
  lines.on("close", () => {
    isClosed = true;
    wake();
  });

  async function next(): Promise<string | undefined> {
    while (waiting.length === 0 && !isClosed) {
      let interrupt = (): void => undefined;
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        interrupt = () => {
          reject(new Interrupted());
        };
        process.once("SIGINT", interrupt);
      }).finally(() => process.off("SIGINT", interrupt));
    }
    return waiting.shift();
  }

  return {
    ask(question) {
      stdout.write(question);
      return next();
    },
    async lend(action) {
      lines.pause();
      try {
        return await action();
      } finally {
        if (!isClosed) lines.resume();
      }
    },
    close() {
      lines.close();
    },
  };
}
