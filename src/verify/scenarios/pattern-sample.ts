import { RegExpParser } from "@eslint-community/regexpp";
import type { AST } from "@eslint-community/regexpp";

/** Longer samples say no more. */
const LONGEST_SAMPLE = 200;

/** How often something is repeated that may be repeated at will, or left out. */
const USUAL_REPEAT = 1;

/** Characters that a class may stand for, the likeliest first. */
const CANDIDATES = Array.from("a1A _-./:@#,;=+b2B\n\u{FC}");

/** A text that a regular expression finds something in; undefined where none comes to mind. */
export function sampleOf(pattern: string, flags: string): string | undefined {
  try {
    const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: flags.includes("u") });
    const sample = ofAlternatives(tree.alternatives);
    return sample.length > 0 && sample.length <= LONGEST_SAMPLE ? sample : undefined;
  } catch {
    return undefined;
  }
}

/** Thrown where a part of a pattern is not understood. */
class NoSample extends Error {}

function ofAlternatives([first]: readonly AST.Alternative[]): string {
  return first === undefined ? "" : first.elements.map(ofElement).join("");
}

function ofElement(element: AST.Element): string {
  switch (element.type) {
    case "Character":
      return String.fromCodePoint(element.value);
    case "CharacterSet":
      return ofSet(element);
    case "CharacterClass":
      return ofClass(element);
    case "Group":
    case "CapturingGroup":
      return ofAlternatives(element.alternatives);
    case "Quantifier":
      return ofElement(element.element).repeat(Math.min(Math.max(element.min, USUAL_REPEAT), element.max));
    case "Assertion":
      // What has to follow or stand before is seldom more than the end of a word.
      if (element.kind === "lookahead" || element.kind === "lookbehind") throw new NoSample();
      return "";
    default:
      throw new NoSample();
  }
}

function ofSet(set: AST.CharacterSet | AST.CharacterUnicodePropertyCharacterSet): string {
  return fitting((character) => isInSet(set, character));
}

function ofClass({ elements, negate }: AST.CharacterClass): string {
  const [first] = elements;
  if (!negate && first?.type === "CharacterClassRange") return String.fromCodePoint(first.min.value);
  if (!negate && first?.type === "Character") return String.fromCodePoint(first.value);
  return fitting((character) => elements.some((each) => isInClass(each, character)) !== negate);
}

function fitting(fits: (character: string) => boolean): string {
  const found = CANDIDATES.find(fits);
  if (found === undefined) throw new NoSample();
  return found;
}

function isInClass(element: AST.CharacterClass["elements"][number], character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  switch (element.type) {
    case "Character":
      return element.value === code;
    case "CharacterClassRange":
      return element.min.value <= code && code <= element.max.value;
    case "CharacterSet":
      return isInSet(element, character);
    default:
      throw new NoSample();
  }
}

/** What the sets of characters hold, of those that are tried. */
const SETS: ReadonlyMap<string, RegExp> = new Map([
  ["any", /[^\n]/u],
  ["digit", /\d/u],
  ["space", /\s/u],
  ["word", /\w/u],
]);

function isInSet(set: AST.CharacterSet, character: string): boolean {
  const known = SETS.get(set.kind);
  if (known === undefined) throw new NoSample();
  return known.test(character) !== ("negate" in set && set.negate);
}
