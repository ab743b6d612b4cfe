import { WHOLE } from "./file-types.ts";
import type { FileTypes, TypeDeclaration, TypeReference } from "./file-types.ts";

/** A file of TypeScript that becomes a part of a whole. */
export interface TypedPart {
  readonly path: string;
  readonly types: FileTypes;
  /** The file that a path in it leads to; undefined for a package. */
  readonly fileOf: (source: string) => string | undefined;
  /** What it imports as a type alone, in a statement that stays. */
  readonly kept: ReadonlySet<string>;
}

/** What a type name of a file means: something that a file declares, or that a package has, or that all files know. */
type Meaning =
  /** `isMember` where all exports of a file have a name, and this is one of them. */
  | { readonly kind: "declared"; readonly part: TypedPart; readonly name: string; readonly isMember: boolean }
  | { readonly kind: "package"; readonly source: string; readonly imported: string }
  | { readonly kind: "global" }
  | { readonly kind: "unknown" };

/** The types that a whole needs besides those that stand in it. */
export interface WholeTypes {
  readonly declarations: readonly { readonly part: TypedPart; readonly declaration: TypeDeclaration }[];
  /** What is imported from packages: by the module, the names there by those here. */
  readonly imports: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Names that are values too, each with a file that says it. */
  readonly values: readonly { readonly path: string; readonly name: string }[];
  /** What a file calls otherwise than the file that declares it. */
  readonly renames: readonly TypeRename[];
}

/** A name in a type of a file, and the one that it has in the whole. */
export interface TypeRename {
  readonly part: TypedPart;
  readonly offset: number;
  readonly end: number;
  readonly name: string;
}

/** A name that can't mean the same in the whole as in its file. */
interface TypeClash {
  readonly path: string;
  readonly name: string;
}

/** A name in a type of a file. */
interface Mention {
  readonly part: TypedPart;
  readonly reference: TypeReference;
}

/**
 * Finds what the types that stand in a whole refer to, and what that refers to in turn.
 *
 * @param mentions the names in the types that stand in the whole, by file
 * @param own the function's file, whose declarations stay in their place
 * @returns the first name that would mean another type in one file
 */
export function wholeTypes(
  parts: ReadonlyMap<string, TypedPart>,
  mentions: readonly Mention[],
  own: TypedPart,
): WholeTypes | TypeClash {
  const finder = new Finder(parts, own);
  const left = [...mentions];
  for (let mention = left.shift(); mention !== undefined; mention = left.shift()) {
    const found = finder.take(mention);
    if ("name" in found) return found;
    left.push(...found);
  }
  return finder;
}

class Finder implements WholeTypes {
  readonly declarations: { part: TypedPart; declaration: TypeDeclaration }[] = [];
  readonly imports = new Map<string, Map<string, string>>();
  readonly values: { path: string; name: string }[] = [];
  readonly renames: TypeRename[] = [];
  readonly #parts: ReadonlyMap<string, TypedPart>;
  readonly #own: TypedPart;
  readonly #meant = new Map<string, { readonly key: string; readonly path: string }>();
  readonly #seen = new Set<string>();

  constructor(parts: ReadonlyMap<string, TypedPart>, own: TypedPart) {
    this.#parts = parts;
    this.#own = own;
  }

  /** Notes what a name refers to; gives the names in the declaration that comes with it. */
  take(mention: Mention): readonly Mention[] | TypeClash {
    const { part, reference } = mention;
    const meaning = this.#meaningOf(part, reference.name, reference.member);
    const isMember = meaning.kind === "declared" && meaning.isMember;
    const name = meaning.kind === "declared" ? meaning.name : reference.name;
    const isRenamed = isMember || name !== reference.name;
    const key = keyOf(meaning, name);
    const before = this.#meant.get(name);
    const isOther = meaning.kind === "unknown" || (before !== undefined && before.key !== key);
    if (isOther || this.#isTaken(meaning, name) || (isRenamed && part.types.inner.has(name))) {
      return { path: this.#otherThan(part, reference.name) ?? before?.path ?? part.path, name: reference.name };
    }
    if (before === undefined || before.path === this.#own.path) this.#meant.set(name, { key, path: part.path });
    const { offset, end, name: told } = reference;
    if (isRenamed && !this.renames.some((each) => each.part === part && each.offset === offset)) {
      this.renames.push({ part, offset, end: isMember ? end : offset + told.length, name });
    }
    const mark = `${part.path} ${name} ${String(isRenamed)}`;
    if (this.#seen.has(mark)) return [];
    this.#seen.add(mark);
    if (meaning.kind === "package") this.#import(meaning, name);
    return meaning.kind === "declared" ? this.#declare(meaning.part, name, isRenamed ? undefined : part) : [];
  }

  #import({ source, imported }: Extract<Meaning, { kind: "package" }>, name: string): void {
    if (this.#own.kept.has(name)) return;
    this.imports.set(source, (this.imports.get(source) ?? new Map<string, string>()).set(name, imported));
  }

  #declare(home: TypedPart, name: string, from: TypedPart | undefined): readonly Mention[] {
    const { types } = home;
    if (types.values.has(name)) {
      this.values.push(...[home, ...(from ? [from] : [])].map((each) => ({ path: each.path, name })));
    }
    if (home === this.#own) return [];
    return types.declarations
      .filter((each) => each.name === name && !this.declarations.some(({ declaration }) => declaration === each))
      .flatMap((declaration) => {
        this.declarations.push({ part: home, declaration });
        const [start, end] = declaration.range;
        const inside = types.references.filter(({ offset }) => offset >= start && offset < end);
        return inside.map((reference) => ({ part: home, reference }));
      });
  }

  /** Whether a name that another file declares is one of the function's own types, which stay. */
  #isTaken(meaning: Meaning, name: string): boolean {
    const isOwn = meaning.kind === "declared" && meaning.part === this.#own;
    return !isOwn && this.#own.types.declarations.some((each) => each.name === name);
  }

  /** The file to speak of, which is not the function's own: that one stays as it is. */
  #otherThan(part: TypedPart, name: string): string | undefined {
    if (part !== this.#own) return part.path;
    const found = part.types.imports.get(name);
    return found === undefined ? undefined : part.fileOf(found.source);
  }

  #meaningOf(
    part: TypedPart,
    name: string,
    member: string | undefined,
    seen: ReadonlySet<string> = new Set(),
  ): Meaning {
    const { types, fileOf } = part;
    const key = `${part.path} ${name}`;
    if (seen.has(key)) return { kind: "unknown" };
    if (types.values.has(name) || types.declarations.some((each) => each.name === name)) {
      return { kind: "declared", part, name, isMember: false };
    }
    const found = types.imports.get(name);
    if (found === undefined) return { kind: "global" };
    const { source, imported } = found;
    const path = fileOf(source);
    if (path === undefined) {
      // All of a package is called by one name: only the function's own import says it.
      if (imported === undefined && part !== this.#own) return { kind: "unknown" };
      return { kind: "package", source, imported: imported ?? name };
    }
    const target = this.#parts.get(path);
    const named = imported ?? (target?.types.isWhole === true ? WHOLE : undefined);
    const wanted = named ?? member;
    if (target === undefined || wanted === undefined) return { kind: "unknown" };
    const isMember = named === undefined;
    const meaning = this.#exportOf(target, wanted, isMember ? undefined : member, new Set([...seen, key]));
    if (!isMember) return meaning;
    return meaning.kind === "declared" ? { ...meaning, isMember } : { kind: "unknown" };
  }

  /** What a file exports under a name, itself or from others. */
  #exportOf(part: TypedPart, name: string, member: string | undefined, seen: ReadonlySet<string>): Meaning {
    const local = part.types.exports.get(name);
    if (local !== undefined) return this.#meaningOf(part, local, member, seen);
    const key = `${part.path} * ${name}`;
    if (name === "default" || seen.has(key)) return { kind: "unknown" };
    for (const source of part.types.stars) {
      const target = this.#parts.get(part.fileOf(source) ?? "");
      const found = target && this.#exportOf(target, name, member, new Set([...seen, key]));
      if (found !== undefined && found.kind !== "unknown") return found;
    }
    return { kind: "unknown" };
  }
}

function keyOf(meaning: Meaning, name: string): string {
  switch (meaning.kind) {
    case "declared":
      return `file ${meaning.part.path} ${meaning.name}`;
    case "package":
      return `package ${meaning.source} ${meaning.imported}`;
    case "global":
    case "unknown":
      return `${meaning.kind} ${name}`;
  }
}
