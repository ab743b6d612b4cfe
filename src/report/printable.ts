/** A file name or message may hold line breaks or terminal commands; neither shall act. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) =>
    JSON.stringify(character).slice(1, -1).replace("\u007f", "\\u007f"),
  );
}
