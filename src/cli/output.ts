/** One of the process' output streams, or something a test can read. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Lets the run go on when the reader has gone, as in `faas-migrate … | head`: what is not read is not missed, while an
 * unhandled error would end the process between two files.
 */
export function tolerateClosedReader(output: Output): void {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
