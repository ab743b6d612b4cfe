import { parse } from "acorn";

/** The texts of all comments of a source, without the indentation of their further lines. */
export function commentsOf(text: string): string[] {
  const comments: string[] = [];
  const onComment = (_isBlock: boolean, value: string): void => {
    comments.push(value.replaceAll(/\s*\n\s*/gu, "\n").trim());
  };
  try {
    parse(text, { ecmaVersion: 2024, sourceType: "module", onComment });
  } catch {
    comments.length = 0;
    parse(text, { ecmaVersion: 2024, sourceType: "script", allowReturnOutsideFunction: true, onComment });
  }
  return comments;
}
