/** One of the process' output streams, or something a test can read. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Whether all that was written to an output has arrived. */
export interface Delivery {
  /** The error after which nothing arrives any more; undefined as long as all is well, or the reader just went away. */
  readonly failure: () => NodeJS.ErrnoException | undefined;
}

/**
 * Lets the run go on when the reader has gone, as in `faas-migrate … | head`, or the disk that takes the output is full:
 * an unhandled error would end the process between two files.
 */
export function watchDelivery(output: Output): Delivery {
  let failure: NodeJS.ErrnoException | undefined;
  output.on("error", (error: NodeJS.ErrnoException) => {
    // What is not read is not missed.
    if (error.code !== "EPIPE") failure ??= error;
  });
  return { failure: () => failure };
}
