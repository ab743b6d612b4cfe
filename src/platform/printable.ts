/**
 * A text as it is safe to print: a file name, a message or a line of code may hold line breaks, terminal commands, and
 * characters that turn the direction of the text or can't be seen. None of them may act.
 */
export function printable(text: string): string {
  // Nearly all texts have nothing but plain characters.
  return /^[ -~]*$/u.test(text) ? text : text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** The same for a line of code: tabs, and the `\r` of a line end, stay. */
export function printableLine(line: string): string {
  if (/^[ -~]*$/u.test(line)) {
    return line;
  }
  const end = line.endsWith("\r") ? "\r" : "";
  const text = line.slice(0, line.length - end.length);
  return text.split("\t").map(printable).join("\t") + end;
}

function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  if (short !== character) return short;
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
