interface Level {
  /** Depth of the line that opened it. */
  readonly opener: number;
  readonly inside: number;
}

/**
 * Indents code whose lines are right but for their indentation. Strings must not hold brackets.
 *
 * @returns the lines with two blanks per level; brackets that open on one line make one level together
 */
export function layout(text: string): string {
  const levels: Level[] = [];
  const indented: string[] = [];
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    if (line === "") {
      continue;
    }
    const closers = /^[)\]}]+/u.exec(line)?.[0].length ?? 0;
    const closed = closers > 0 ? levels.pop() : undefined;
    const around = levels.at(-1)?.inside ?? 0;
    const depth = closed?.opener ?? around + (line.startsWith(".") ? 1 : 0);
    indented.push("  ".repeat(depth) + line);
    const balance = line
      .slice(closers)
      .split("")
      .reduce((sum, sign) => sum + balanceOf(sign), 0);
    if (balance > 0) {
      levels.push({ opener: depth, inside: depth + 1 });
    }
  }
  return indented.join("\n");
}

function balanceOf(sign: string): number {
  return "([{".includes(sign) ? 1 : ")]}".includes(sign) ? -1 : 0;
}

/** Joins statements, leaving out empty ones. */
export function lines(...statements: readonly string[]): string {
  return statements.filter((statement) => statement !== "").join("\n");
}

/** A statement with a body: `header {` … `}`. */
export function block(header: string, ...body: readonly string[]): string {
  return lines(`${header} {`, ...body, "}");
}
