import cliProgress from "cli-progress";

import type { OnProgress } from "../migrate/run.ts";

/** A bar on the terminal that tells how far a run is. */
export interface ProgressBar {
  readonly onProgress: OnProgress;
  /** Takes the bar away; what is printed next stands where it stood. */
  readonly end: () => void;
}

/**
 * Draws on a terminal, from the first function on. Functions are migrated without a pause, so the bar is drawn while they
 * are, and not by a timer alone.
 */
export function createProgressBar(stream: NodeJS.WritableStream): ProgressBar {
  const bar = new cliProgress.SingleBar({
    stream,
    format: "{phase} [{bar}] {value} of {total}",
    barCompleteChar: "=",
    barIncompleteChar: " ",
    barsize: 30,
    fps: 10,
    clearOnComplete: true,
    hideCursor: true,
    // The run listens to signals itself; the cursor comes back with the end of the bar.
    gracefulExit: false,
    // Whether this is a terminal is known already.
    noTTYOutput: true,
  });
  let current: string | undefined;
  return {
    onProgress(phase, done, total) {
      if (current !== phase) bar.start(total, done, { phase: `${phase} functions` });
      else bar.update(done);
      current = phase;
    },
    end() {
      if (current !== undefined) bar.stop();
      current = undefined;
    },
  };
}

/** Whether someone watches this terminal: not where it is a log of CI, or a program that reads JSON. */
export function wantsProgress(env: Readonly<Record<string, string | undefined>>, isJson: boolean): boolean {
  return !isJson && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb";
}
