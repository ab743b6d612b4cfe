import { EditList } from "../edits/text/edit-list.ts";
import type { EditedText } from "../edits/text/edit-list.ts";
import type { Model } from "../analysis/code/model.ts";
import { importOffset } from "../edits/text/import-offset.ts";
import { lineEndingOf } from "../edits/text/layout.ts";
import type { Erased, Piece } from "./erase.ts";
import { withoutExport } from "./file-types.ts";
import { removedRange } from "./removed-range.ts";
import { wholeTypes } from "./whole-types.ts";
import type { TypedPart, WholeTypes } from "./whole-types.ts";

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
      .map(({ name }) => ({ part, name })),
  );
  const found = wholeTypes(parts, mentions, own);
  if ("path" in found) {
    return { path: found.path, problem: `has a type \`${found.name}\` that would be another one in one file` };
  }
  const renamed = found.values.find(({ path, name }) => isRenamed(path, name));
  if (renamed !== undefined) {
    const problem = `has \`${renamed.name}\` in a type, which would be called otherwise in one file`;
    return { path: renamed.path, problem };
  }
  const edits = new EditList();
  for (const each of placed) {
    const { start, end, piece } = each;
    if (!stay.includes(each)) edits.remove(removedRange(model.text, [start, end]));
    else if (!model.text.startsWith(piece.code, end)) {
      return { path: each.part.path, problem: `has code that would be another one in one file (${firstLine(piece)})` };
    } else {
      const text = each.part === own || piece.role !== "statement" ? piece.text : withoutExport(piece.text);
      edits.replace([start, end + piece.code.length], text);
    }
  }
  const declared = declarationsOf(model, found);
  const first = importOffset(model);
  const at = stay.find(({ start, end, piece }) => start < first && first <= end + piece.code.length)?.start ?? first;
  if (declared !== "") edits.insertBehind(at, declared);
  return { edited: edits.applyTo(model.text), paths: found.declarations.map(({ part }) => part.path) };
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
  if (/^import\b/u.test(piece.text)) {
    const source = /["'](?<source>[^"']+)["'];?$/u.exec(piece.text)?.groups?.["source"] ?? "";
    return isOwn && fileOf(source) === undefined;
  }
  if (isOwn) return true;
  if (/^export\s+type\s*[{*]/u.test(piece.text)) return false;
  if (types.declarations.some(({ range }) => range[0] === piece.start)) return false;
  const overloaded = types.overloads.get(piece.start);
  return overloaded === undefined || (!isRenamed(path, overloaded) && isDeclared(model, overloaded));
}

function isDeclared(model: Model, name: string): boolean {
  return model.program.body.some((statement) => statement.type === "FunctionDeclaration" && statement.id.name === name);
}

/** The imports and declarations of types that other files had. */
function declarationsOf(model: Model, { imports, declarations }: WholeTypes): string {
  const lineBreak = lineEndingOf(model.text);
  const lines = [...imports].map(
    ([source, names]) => `import type { ${[...names].join(", ")} } from "${source}";${lineBreak}`,
  );
  const texts = declarations.map(({ declaration }) => declaration.text + lineBreak + lineBreak);
  return lines.join("") + (lines.length > 0 ? lineBreak : "") + texts.join("");
}
