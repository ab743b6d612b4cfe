/** Something that works in a sloppy CommonJS script and not, or differently, in an ES module. */
export interface SloppyShape {
  /** The start of a sentence: “`with` …”. */
  readonly what: string;
  readonly offset: number;
}
