import { RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import type { AST } from "@eslint-community/regexpp";

/** A regular expression of a user's file. It is read, and never run: some take longer than anyone waits. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Longer ones are not looked at; so deep nesting is not either. */
const MAX_LENGTH = 500;

const KNOWN_ASSERTIONS = new Set<AST.Assertion["kind"]>(["start", "end", "word"]);

/**
 * Whether a pattern is found in a text.
 *
 * @returns undefined where that can't be known from its form
 */
export function isFoundIn(pattern: Pattern, text: string): boolean | undefined {
  const tree = parse(pattern);
  if (tree === undefined || !isKnown(tree)) {
    return undefined;
  }
  const matcher = new Matcher(text, pattern.flags.includes("i"));
  const starts = pattern.flags.includes("y") ? [0] : Array.from({ length: text.length + 1 }, (_, index) => index);
  return starts.some((start) => matcher.endsOf(tree, start).size > 0);
}

/** The texts that a pattern spells out, in lower case where case does not matter to it. */
export function spelledOut(pattern: Pattern): string[] {
  const texts: string[] = [];
  const tree = parse(pattern);
  if (tree !== undefined) {
    visitRegExpAST(tree, {
      onAlternativeEnter: ({ elements }) => {
        texts.push(...runsOf(elements));
      },
    });
  }
  return pattern.flags.includes("i") ? texts.map((text) => text.toLowerCase()) : texts;
}

function runsOf(elements: readonly AST.Element[]): string[] {
  const characters = elements.map((element) => (element.type === "Character" ? charOf(element.value) : "\n"));
  return characters
    .join("")
    .split("\n")
    .filter((run) => run !== "");
}

function parse({ source, flags }: Pattern): AST.Pattern | undefined {
  if (source.length > MAX_LENGTH) {
    return undefined;
  }
  try {
    const [unicode, unicodeSets] = [flags.includes("u"), flags.includes("v")];
    return new RegExpParser().parsePattern(source, 0, source.length, { unicode, unicodeSets });
  } catch {
    return undefined;
  }
}

function isKnown(tree: AST.Pattern): boolean {
  let isKnownWhole = true;
  const unknown = (): void => {
    isKnownWhole = false;
  };
  visitRegExpAST(tree, {
    onAssertionEnter: ({ kind }) => {
      isKnownWhole &&= KNOWN_ASSERTIONS.has(kind);
    },
    onBackreferenceEnter: unknown,
    onCharacterSetEnter: ({ kind }) => {
      isKnownWhole &&= kind !== "property";
    },
    onExpressionCharacterClassEnter: unknown,
    onModifiersEnter: unknown,
  });
  return isKnownWhole;
}

type Branches = AST.Pattern | AST.Group | AST.CapturingGroup;

/** Finds where matches end, for each part of a pattern and each place once: so it takes time, but never much. */
class Matcher {
  readonly #text: string;
  readonly #ignoresCase: boolean;
  readonly #ends = new Map<AST.Node, Map<number, ReadonlySet<number>>>();

  constructor(text: string, ignoresCase: boolean) {
    this.#text = text;
    this.#ignoresCase = ignoresCase;
  }

  endsOf(node: AST.Element | AST.Pattern, start: number): ReadonlySet<number> {
    const known = this.#ends.get(node) ?? new Map<number, ReadonlySet<number>>();
    this.#ends.set(node, known);
    const ends = known.get(start) ?? this.#find(node, start);
    known.set(start, ends);
    return ends;
  }

  #find(node: AST.Element | AST.Pattern, start: number): ReadonlySet<number> {
    switch (node.type) {
      case "Pattern":
      case "Group":
      case "CapturingGroup":
        return this.#branches(node, start);
      case "Quantifier":
        return this.#repeated(node, start);
      case "Assertion":
        return new Set(this.#holds(node, start) ? [start] : []);
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return new Set(start < this.#text.length && this.#isOne(node, start) ? [start + 1] : []);
      default:
        return new Set();
    }
  }

  #branches({ alternatives }: Branches, start: number): ReadonlySet<number> {
    const ends = alternatives.flatMap(({ elements }) => [
      ...elements.reduce((places, element) => this.#step(places, element), new Set([start])),
    ]);
    return new Set(ends);
  }

  #step(places: ReadonlySet<number>, element: AST.Element): Set<number> {
    return new Set([...places].flatMap((place) => [...this.endsOf(element, place)]));
  }

  /** More turns than the text has places lead nowhere else. */
  #repeated({ min, max, element }: AST.Quantifier, start: number): ReadonlySet<number> {
    const turns = this.#text.length + 1;
    let places = new Set([start]);
    for (let turn = 0; turn < Math.min(min, turns); turn += 1) {
      places = this.#step(places, element);
    }
    const ends = new Set(places);
    for (let turn = min; turn < max && places.size > 0; turn += 1) {
      places = new Set([...this.#step(places, element)].filter((place) => !ends.has(place)));
      places.forEach((place) => ends.add(place));
    }
    return ends;
  }

  #holds(assertion: AST.Assertion, place: number): boolean {
    switch (assertion.kind) {
      case "start":
        return place === 0;
      case "end":
        return place === this.#text.length;
      case "word":
        return (isWordPart(this.#text[place - 1]) !== isWordPart(this.#text[place])) !== assertion.negate;
      default:
        return false;
    }
  }

  /** True where the character is one of those that the node stands for. */
  #isOne(node: AST.Character | AST.CharacterSet | AST.CharacterClass, place: number): boolean {
    const character = this.#text[place] ?? "";
    const forms = this.#ignoresCase ? [character.toLowerCase(), character.toUpperCase()] : [character];
    return forms.some((form) => isAmong(node, form));
  }
}

function isAmong(node: AST.Character | AST.CharacterClass["elements"][number] | AST.Element, form: string): boolean {
  switch (node.type) {
    case "Character":
      return charOf(node.value) === form;
    case "CharacterClassRange":
      return charOf(node.min.value) <= form && form <= charOf(node.max.value);
    case "CharacterClass":
      return node.elements.some((element) => isAmong(element, form)) !== node.negate;
    case "CharacterSet":
      return isInSet(node, form);
    default:
      return false;
  }
}

function isInSet(set: AST.CharacterSet, form: string): boolean {
  switch (set.kind) {
    case "digit":
      return /\d/u.test(form) !== set.negate;
    case "space":
      return /\s/u.test(form) !== set.negate;
    case "word":
      return isWordPart(form) !== set.negate;
    default:
      return true;
  }
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /\w/u.test(character);
}

function charOf(code: number): string {
  return String.fromCodePoint(code);
}
