import { rareBlanks } from "../edits/text/white-space.ts";

/*
 * What takes the place of types while a file is migrated as JavaScript: white space that nobody types, and that says
 * which type stood there. Steps move it along with the code around it, and it means nothing to a parser.
 */

/** White space that stands for a statement: no blanks, so that it is not taken for an empty line. */
const BLOCK = "\u3000\u202F\u00A0\v\f";

/** Fewer characters can't make a mark: one that begins it, and two digits. */
const LEAST = 3;

/** Where a mark stands in a text, and its number. */
export interface FoundMark {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** One way of writing marks: the character that begins one, and the digits of its number. */
type Alphabet = readonly [begin: string, ...digits: string[]];

/** Writes and reads the marks of one file. */
export class Marks {
  readonly #inline: Alphabet;
  readonly #block: Alphabet;

  private constructor(inline: Alphabet, block: Alphabet) {
    this.#inline = inline;
    this.#block = block;
  }

  /** Marks that can't be taken for what stands in the text; undefined where it holds too much unusual white space. */
  static for(text: string): Marks | undefined {
    const [inline, block] = [alphabetWithout(rareBlanks, text), alphabetWithout(BLOCK, text)];
    return inline === undefined || block === undefined ? undefined : new Marks(inline, block);
  }

  /** Marks for a text that is refused anyway. */
  static any(): Marks {
    return new Marks(alphabetOf(rareBlanks), alphabetOf(BLOCK));
  }

  /** The mark with a number, of some length at least. */
  inline(number: number, length: number): string {
    return written(this.#inline, number, length);
  }

  /** The mark with a number for a whole statement. */
  block(number: number): string {
    return written(this.#block, number, LEAST);
  }

  /** The marks of a text in their order. */
  read(text: string): FoundMark[] {
    return [...found(this.#inline, text), ...found(this.#block, text)].sort((a, b) => a.start - b.start);
  }
}

function alphabetWithout(characters: string, text: string): Alphabet | undefined {
  const unused = Array.from(characters)
    .filter((character) => !text.includes(character))
    .join("");
  return unused.length < LEAST ? undefined : alphabetOf(unused);
}

function alphabetOf(characters: string): Alphabet {
  const [begin = "", ...digits] = characters;
  return [begin, ...digits];
}

function written([begin, ...digits]: Alphabet, number: number, length: number): string {
  let [rest, text] = [number, ""];
  while (rest > 0 || text.length + 1 < length) {
    text = `${digits[rest % digits.length] ?? ""}${text}`;
    rest = Math.floor(rest / digits.length);
  }
  return begin + text;
}

function found([begin, ...digits]: Alphabet, text: string): FoundMark[] {
  const marks: FoundMark[] = [];
  for (let start = text.indexOf(begin); start >= 0; start = text.indexOf(begin, start + 1)) {
    let [end, number] = [start + 1, 0];
    for (let digit = digits.indexOf(text.charAt(end)); digit >= 0; digit = digits.indexOf(text.charAt(end))) {
      number = number * digits.length + digit;
      end += 1;
    }
    marks.push({ start, end, number });
  }
  return marks;
}
