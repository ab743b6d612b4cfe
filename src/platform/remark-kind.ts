/** A kind of remark: its sentence, with `{{name}}` for what differs from place to place, and its paragraph for the docs. */
export interface RemarkKind {
  /** One sentence: what is so, and what to do. */
  readonly short: string;
  /** What one place has for each `{{name}}`, where the sentence says little without it. */
  readonly example?: Readonly<Record<string, string>>;
  /** The paragraph in docs/reasons.md. */
  readonly long: string;
}

/** Makes a table of remarks; its type knows the ids. */
export function table<const Ids extends string>(kinds: Record<Ids, RemarkKind>): Readonly<Record<Ids, RemarkKind>> {
  return Object.freeze(kinds);
}

/** Fills the `{{name}}` places of a sentence. */
export function fillSentence(sentence: string, data: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined) {
      throw new Error(`The sentence “${sentence}” needs a value for ${name}.`);
    }
    return value;
  });
}

/** The sentence of a kind where it is about no place: with its example, or `…` for what differs from place to place. */
export function generalSentence({ short, example }: Pick<RemarkKind, "short" | "example">): string {
  return example === undefined ? short.replaceAll(/\{\{\w+\}\}/gu, "…") : fillSentence(short, example);
}
