import { parse } from "acorn";

/** What documents a callback, and that nothing is returned: lines of their own, which go with the parameter. */
const OF_CALLBACKS =
  /\n\* @(?:param (?:\{[^\n]*\} )?\[?(?:callback|cb|done)\b|returns? \{void\})[^\n]*(?:\n\* [^@\n][^\n]*)*/gu;

/** The texts of all comments of a source, without the indentation of their further lines. */
export function commentsOf(text: string): string[] {
  const comments: string[] = [];
  const onComment = (_isBlock: boolean, value: string): void => {
    comments.push(
      value
        .replaceAll(/\s*\n\s*/gu, "\n")
        .replaceAll(OF_CALLBACKS, "")
        .trim(),
    );
  };
  try {
    parse(text, { ecmaVersion: 2024, sourceType: "module", onComment });
  } catch {
    comments.length = 0;
    parse(text, { ecmaVersion: 2024, sourceType: "script", allowReturnOutsideFunction: true, onComment });
  }
  return comments;
}
