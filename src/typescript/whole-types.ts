import type { FileTypes, TypeDeclaration } from "./file-types.ts";

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
  | { readonly kind: "declared"; readonly part: TypedPart; readonly name: string }
  | { readonly kind: "package"; readonly source: string; readonly imported: string }
  | { readonly kind: "global" }
  | { readonly kind: "unknown" };

/** The types that a whole needs besides those that stand in it. */
export interface WholeTypes {
  readonly declarations: readonly { readonly part: TypedPart; readonly declaration: TypeDeclaration }[];
  /** What is imported from packages: names by the module. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names that are values too, each with a file that says it. */
  readonly values: readonly { readonly path: string; readonly name: string }[];
}

/** A name that can't mean the same in the whole as in its file. */
interface TypeClash {
  readonly path: string;
  readonly name: string;
}

/** A name in a type of a file. */
interface Mention {
  readonly part: TypedPart;
  readonly name: string;
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
  const meant = new Map<string, { readonly key: string; readonly path: string }>();
  const declarations: { part: TypedPart; declaration: TypeDeclaration }[] = [];
  const imports = new Map<string, Set<string>>();
  const values: { path: string; name: string }[] = [];
  const left = [...mentions];
  const seen = new Set<string>();
  for (let mention = left.shift(); mention !== undefined; mention = left.shift()) {
    const { part, name } = mention;
    const meaning = meaningOf(parts, part, name);
    const key = keyOf(meaning, name);
    const before = meant.get(name);
    const isOther = before !== undefined && before.key !== key;
    if (meaning.kind === "unknown" || isOther || nameOf(meaning, name) !== name) {
      return { path: otherThan(own, part, name) ?? before?.path ?? part.path, name };
    }
    if (before === undefined || before.path === own.path) meant.set(name, { key, path: part.path });
    if (seen.has(`${part.path} ${name}`)) continue;
    seen.add(`${part.path} ${name}`);
    if (meaning.kind === "package") {
      const isThere = own.kept.has(name);
      if (!isThere) imports.set(meaning.source, (imports.get(meaning.source) ?? new Set()).add(name));
    }
    if (meaning.kind !== "declared") continue;
    const { types, path } = meaning.part;
    if (types.values.has(name)) values.push({ path, name }, { path: part.path, name });
    if (meaning.part === own) continue;
    for (const declaration of types.declarations.filter((each) => each.name === name)) {
      if (declarations.some((each) => each.declaration === declaration)) continue;
      declarations.push({ part: meaning.part, declaration });
      const [from, to] = declaration.range;
      const inside = types.references.filter(({ offset }) => offset >= from && offset < to);
      left.push(...inside.map((reference) => ({ part: meaning.part, name: reference.name })));
    }
  }
  return { declarations, imports, values };
}

/** The file to speak of, which is not the function's own: that one stays as it is. */
function otherThan(own: TypedPart, part: TypedPart, name: string): string | undefined {
  if (part !== own) return part.path;
  const found = part.types.imports.get(name);
  return found === undefined ? undefined : part.fileOf(found.source);
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

/** The name that something has where it is declared. */
function nameOf(meaning: Meaning, name: string): string {
  if (meaning.kind === "declared") return meaning.name;
  return meaning.kind === "package" ? meaning.imported : name;
}

function meaningOf(
  parts: ReadonlyMap<string, TypedPart>,
  part: TypedPart,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): Meaning {
  const { types, fileOf } = part;
  const key = `${part.path} ${name}`;
  if (seen.has(key)) return { kind: "unknown" };
  if (types.values.has(name) || types.declarations.some((each) => each.name === name)) {
    return { kind: "declared", part, name };
  }
  const found = types.imports.get(name);
  if (found === undefined) return { kind: "global" };
  const { source, imported } = found;
  const path = fileOf(source);
  if (imported === undefined) return { kind: "unknown" };
  if (path === undefined) return { kind: "package", source, imported };
  const target = parts.get(path);
  const local = target?.types.exports.get(imported);
  return target === undefined || local === undefined
    ? { kind: "unknown" }
    : meaningOf(parts, target, local, new Set([...seen, key]));
}
