import type { Range } from "../analysis/code/tree.ts";

/** Where in the syntax a text stands that means nothing when the file runs. */
export type BlankRole =
  /** `: T` behind the name of a variable, a parameter or a class field; with `?` and `!`. */
  | "variable"
  | "parameter"
  | "field"
  /** `: T` behind the list of parameters. */
  | "return"
  /** `<T>` of a declaration, and of a call. */
  | "type-parameters"
  | "type-arguments"
  /** `as T`, `satisfies T` and `!` behind an expression, `<T>` in front of it. */
  | "cast"
  | "non-null"
  | "angle-cast"
  /** `private`, `readonly`, `abstract` … */
  | "modifier"
  | "implements"
  | "this-parameter"
  /** `?` behind the name of a method. */
  | "optional-method"
  /** A statement, or a member of a class. */
  | "statement"
  | "member";

/** A text of the file that means nothing when it runs. */
export interface Blank {
  readonly range: Range;
  readonly role: BlankRole;
}

/** JavaScript in the place of something that TypeScript runs as it. */
export interface StandIn {
  readonly range: Range;
  readonly code: string;
  /** True when the result shall have again what stood there. */
  readonly comesBack: boolean;
}

/** A name that a file takes in as a type alone, from a module from which it takes values as well, or from the toolbelt. */
export interface TypeImport {
  readonly source: string;
  readonly imported: string;
  readonly local: string;
}

/** What can't be read as JavaScript with the same meaning. */
export interface Obstacle {
  readonly what: string;
  readonly advice: string;
  readonly offset: number;
}

/** What a file has to know of the files of the project that it loads. */
export interface Neighbours {
  /**
   * What `import name from "…"` is: its export `default`, all of its exports, or something that depends on the compiler's
   * options.
   */
  readonly defaultOf: (source: string) => "default" | "all" | "depends";
  /** The names of the values that it exports; undefined where that can't be told. */
  readonly valuesOf: (source: string) => ReadonlySet<string> | undefined;
}

/** What of a file is TypeScript. */
export interface Found {
  readonly blanks: readonly Blank[];
  readonly standIns: readonly StandIn[];
  readonly typeImports: readonly TypeImport[];
  /** The names of values that the file exports as an ES module does, each with the place of its export. */
  readonly exported: readonly { readonly name: string; readonly local: string; readonly offset: number }[];
  readonly obstacles: readonly Obstacle[];
}

/** The same while it is put together. */
export type Finding = { readonly [Key in keyof Found]: Found[Key][number][] };
