import { EditList } from "../edits/text/edit-list.ts";
import type { EditedText } from "../edits/text/edit-list.ts";
import type { Model } from "../analysis/code/model.ts";
import { importOffset } from "../edits/text/import-offset.ts";
import { lineEndingOf } from "../edits/text/layout.ts";
import type { Erased, Piece } from "./erase.ts";
import { withoutExport } from "./file-types.ts";
import { removedRange } from "./removed-range.ts";
import { wholeTypes } from "./whole-types.ts";
import type { TypedPart, TypeRename, WholeTypes } from "./whole-types.ts";

/** A file that a whole was made of, without its types; the number is that of its first mark. */
export interface ErasedPart extends TypedPart {
  readonly erased: Erased;
  readonly first: number;
}

/** TypeScript of a whole, or the name of a file and why its types can't be kept. */
type RestoredWhole =
  /** With the files of which it holds types. */
  | { readonly edited: EditedText; readonly paths: readonly string[] }
  | { readonly path: string; readonly problem: string };

/** A mark of the whole, with what it stands for. */
interface Placed {
  readonly part: ErasedPart;
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

/**
 * Writes the types of several files into the text that their JavaScript was put together to.
 *
 * @param model the JavaScript, with the marks of all files
 * @param isRenamed whether a name of a file means nothing any more in the whole, or something else
 */
export function restoreWhole(
  model: Model,
  parts: ReadonlyMap<string, ErasedPart>,
  own: ErasedPart,
  isRenamed: (path: string, name: string) => boolean,
): RestoredWhole {
  const placed = placedIn(model.text, [...parts.values()]);
  const stay = placed.filter((each) => staysIn(model, each, each.part === own, isRenamed));
  const mentions = stay.flatMap(({ part, piece: { start, text } }) =>
    part.types.references
      .filter(({ offset }) => offset >= start && offset < start + text.length)
      .map((reference) => ({ part, reference })),
  );
  const found = wholeTypes(parts, mentions, own);
  if ("name" in found) {
    return { path: found.path, problem: `has a type \`${found.name}\` that would be another one in one file` };
  }
  const clash = found.values.find(({ path, name }) => isRenamed(path, name));
  if (clash !== undefined) {
    const problem = `has \`${clash.name}\` in a type, which would be called otherwise in one file`;
    return { path: clash.path, problem };
  }
  const edits = new EditList();
  for (const each of placed) {
    const { start, end, piece } = each;
    if (!stay.includes(each)) edits.remove(removedRange(model.text, [startWithComment(model.text, each), end]));
    else if (!model.text.startsWith(piece.code, end)) {
      return { path: each.part.path, problem: `has code that would be another one in one file (${firstLine(piece)})` };
    } else {
      const told = renamed(each.part, piece.start, piece.text, found.renames);
      const text = each.part === own || piece.role !== "statement" ? told : withoutExport(told);
      edits.replace([start, end + piece.code.length], text);
    }
  }
  const declared = declarationsOf(model, found);
  const first = importOffset(model);
  const at = stay.find(({ start, end, piece }) => start < first && first <= end + piece.code.length)?.start ?? first;
  if (declared !== "") edits.insertBehind(at, declared);
  return { edited: edits.applyTo(model.text), paths: found.declarations.map(({ part }) => part.path) };
}

/** Where the comment begins that speaks of what stands at a mark: it goes with that. */
function startWithComment(text: string, { part, piece, start }: Placed): number {
  const declaration = part.types.declarations.find(({ range }) => range[0] === piece.start);
  const comment = declaration?.comment ?? "";
  return comment !== "" && text.slice(0, start).endsWith(comment) ? start - comment.length : start;
}

function firstLine({ text }: Piece): string {
  return text.split("\n")[0] ?? "";
}

function placedIn(text: string, parts: readonly ErasedPart[]): Placed[] {
  const [some] = parts;
  return (some?.erased.marks.read(text) ?? []).flatMap(({ number, start, end }) => {
    const part = parts.find(({ first, erased }) => number >= first && number < first + erased.pieces.length);
    const piece = part?.erased.pieces[number - part.first];
    return part === undefined || piece === undefined ? [] : [{ part, piece, start, end }];
  });
}

/** Whether what stood at a mark stands there in the whole as well. */
function staysIn(
  model: Model,
  { part, piece }: Placed,
  isOwn: boolean,
  isRenamed: (path: string, name: string) => boolean,
): boolean {
  if (piece.role !== "statement") return true;
  const { types, path, fileOf } = part;
  const source = /["'](?<source>[^"']+)["']\)?;?$/u.exec(piece.text)?.groups?.["source"] ?? "";
  if (/^import\b/u.test(piece.text)) return isOwn && fileOf(source) === undefined;
  if (isOwn) return !/^export\b/u.test(piece.text) || fileOf(source) === undefined;
  if (/^export\s+type\s*[{*]/u.test(piece.text)) return false;
  if (types.declarations.some(({ range }) => range[0] === piece.start)) return false;
  const overloaded = types.overloads.get(piece.start);
  return overloaded === undefined || (!isRenamed(path, overloaded) && isDeclared(model, overloaded));
}

function isDeclared(model: Model, name: string): boolean {
  return model.program.body.some((statement) => statement.type === "FunctionDeclaration" && statement.id.name === name);
}

/** The imports and declarations of types that other files had. */
function declarationsOf(model: Model, { imports, declarations, renames }: WholeTypes): string {
  const lineBreak = lineEndingOf(model.text);
  const bound = new Set(model.scopeAt(model.program).variables.map(({ name }) => name));
  const lines = [...imports].flatMap(([source, names]) => {
    // What is there as a value is there as a type.
    const specifiers = [...names].filter(([name]) => !bound.has(name));
    const list = specifiers.map(([name, imported]) => (name === imported ? name : `${imported} as ${name}`));
    return list.length === 0 ? [] : [`import type { ${list.join(", ")} } from "${source}";${lineBreak}`];
  });
  const texts = declarations.map(({ part, declaration: { range, comment, text } }) => {
    return comment + withoutExport(renamed(part, range[0], text, renames)) + lineBreak + lineBreak;
  });
  return lines.join("") + (lines.length > 0 ? lineBreak : "") + texts.join("");
}

/** A text of a file that begins at a place in it, with the names that its types have in the whole. */
function renamed(part: TypedPart, start: number, text: string, renames: readonly TypeRename[]): string {
  const edits = new EditList();
  for (const { part: of, offset, end, name } of renames) {
    if (of === part && offset >= start && end <= start + text.length)
      edits.replace([offset - start, end - start], name);
  }
  return edits.applyTo(text).text;
}
