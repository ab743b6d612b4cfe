/*
 * White space is scanned by hand: a regular expression that looks for blanks in front of something starts anew at each
 * of them, so that a long run of blanks costs its length squared.
 */

/**
 * Blanks that nobody types. Where a file has types, they hold the place of what stood behind a token while the file is
 * migrated as JavaScript.
 */
export const rareBlanks = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u205F\u1680";

const RARE: ReadonlySet<number> = new Set(Array.from(rareBlanks, (blank) => blank.charCodeAt(0)));

function isBlankAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 0x20 || code === 0x09 || RARE.has(code);
}

/** Where the rare blanks end that begin at an offset: they belong to what is in front of them. */
export function rareBlanksEnd(text: string, offset: number): number {
  let end = offset;
  while (RARE.has(text.charCodeAt(end))) {
    end += 1;
  }
  return end;
}

function isSpaceAt(text: string, offset: number): boolean {
  return /\s/u.test(text.charAt(offset));
}

/** The first offset, from the given one on, that is no space or tab. */
export function blanksEnd(text: string, offset: number): number {
  let end = offset;
  while (isBlankAt(text, end)) {
    end += 1;
  }
  return end;
}

/** Where the spaces and tabs that end at the offset begin. */
export function blanksStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isBlankAt(text, start - 1)) {
    start -= 1;
  }
  return start;
}

/** The first offset, from the given one on, that is no white space; line breaks are white space. */
export function spaceEnd(text: string, offset: number): number {
  let end = offset;
  while (isSpaceAt(text, end)) {
    end += 1;
  }
  return end;
}

/** Where the white space that ends at the offset begins. */
export function spaceStart(text: string, offset: number): number {
  let start = offset;
  while (start > textStart(text) && isSpaceAt(text, start - 1)) {
    start -= 1;
  }
  return start;
}

/** The length of the line break (`\n` or `\r\n`) at an offset; 0 where there is none. */
export function lineBreakLength(text: string, offset: number): 0 | 1 | 2 {
  if (text[offset] === "\n") {
    return 1;
  }
  return text[offset] === "\r" && text[offset + 1] === "\n" ? 2 : 0;
}

/** The length of the line break in front of an offset; 0 where there is none. */
export function lineBreakLengthBefore(text: string, offset: number): 0 | 1 | 2 {
  if (text[offset - 1] !== "\n") {
    return 0;
  }
  return text[offset - 2] === "\r" ? 2 : 1;
}

/** True when nothing but spaces and tabs stands between an offset and the end of its line. */
export function endsLine(text: string, offset: number): boolean {
  const end = blanksEnd(text, offset);
  return end === text.length || lineBreakLength(text, end) > 0;
}

/** Where the line begins that holds the offset; behind the byte order mark, which no edit may touch. */
export function lineStart(text: string, offset: number): number {
  // `lastIndexOf` takes a negative start for 0.
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return Math.max(start, textStart(text));
}

/** True when nothing but spaces and tabs stands between the start of its line and an offset. */
export function startsLine(text: string, offset: number): boolean {
  return blanksStart(text, offset) <= lineStart(text, offset);
}

/** Where the text begins: behind the byte order mark. */
export function textStart(text: string): 0 | 1 {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

/** The line that an offset stands on, without the blanks at its end. */
export function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(lineStart(text, offset), end === -1 ? text.length : end).trimEnd();
}
