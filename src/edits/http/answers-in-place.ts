import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../../analysis/code/bindings.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isInside, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { findReaderLiterals, readerCallAt, standsAlone } from "../../analysis/http/reader-calls.ts";
import type { ReaderCall } from "../../analysis/http/reader-calls.ts";
import { readerOf } from "../../analysis/http/readers.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import { findErrorMaker, writeErrors } from "./errors-in-place.ts";
import type { ErrorMaker } from "./errors-in-place.ts";
import { semicolonOf } from "./idiomatic-response.ts";
import { checkLines } from "./idiomatic-texts.ts";
import { templateIds, templateOf } from "../templates/templates.ts";
import type { TemplateId } from "../templates/texts.ts";
import { operandRange } from "../text/awaited.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { EditList } from "../text/edit-list.ts";
import { gapEnd } from "../text/gaps.ts";
import { insertLinesBehind } from "../text/insert-lines.ts";
import { indentAt, lineEndingOf, reindentCode, unitOf } from "../text/layout.ts";
import { rangeWithComments, removeLines } from "../text/remove-statements.ts";
import { renameVariable } from "../text/rename.ts";

/** So many calls of a function have its statements in their place; more share it. */
const MOST_IN_PLACE = 3;

/** A call that is written anew. */
interface Answer extends ReaderCall {
  /** Nobody uses the body, and people read the text of the error: it takes the body as it came. */
  readonly isPlainText: boolean;
}

/** The calls that are written anew, and the functions that nothing calls any more. */
interface Plan {
  readonly answers: readonly Answer[];
  readonly errors: ErrorMaker | undefined;
  readonly unused: readonly Node[];
}

/** The function of a migration that a function at the end of a file is, as far as its comment tells. */
function templateFor(model: Model, node: Node): TemplateId | undefined {
  const [start] = rangeWithComments(model, node);
  const comment = model.text.slice(start, rangeOf(node)[0]).replaceAll("\r\n", "\n");
  return comment === "" ? undefined : templateIds().find((id) => templateOf(id).comment === comment);
}

/** The calls of a reader at the end of the file; none where one of them needs the function. */
function callsOfWritten(model: Model, node: ESTree.FunctionDeclaration): readonly Answer[] {
  const id = templateFor(model, node);
  if (id?.startsWith("read") !== true) {
    return [];
  }
  const reader = readerOf(model, node);
  const variable = model.variableOf(node.id);
  const reads = variable === undefined ? [] : readsOf(variable);
  const calls = reads.flatMap((read) => (reader && readerCallAt(model, reader, read)) ?? []);
  if (calls.length < reads.length || calls.length > MOST_IN_PLACE) {
    return [];
  }
  const { fields, readsText } = statusErrorUseOf(model);
  const isForPeople = id === "readJson" && fields.size === 0 && !readsText;
  return calls.map((call) => ({ ...call, isPlainText: isForPeople && call.place.kind === "ignored" }));
}

/** Finds the readers whose statements can stand in the place of all their calls. */
export function planAnswers(model: Model): Plan {
  const functions = model.program.body.filter(
    (node): node is ESTree.FunctionDeclaration => node.type === "FunctionDeclaration",
  );
  const literals = findReaderLiterals(model).map((call) => ({ ...call, isPlainText: false }));
  const found = [...functions.flatMap((node) => callsOfWritten(model, node)), ...literals];
  const isFree = (call: Answer): boolean => standsAlone(call, found);
  const answers = found.filter(({ reader }) => found.every((call) => call.reader.node !== reader.node || isFree(call)));
  const isIn = (node: Node, ones: readonly Answer[]): boolean => ones.some(({ reader }) => isInside(node, reader.node));
  const isMaker = (node: Node): boolean => templateFor(model, node) === "statusError";
  const errors = findErrorMaker(
    model,
    isMaker,
    answers.map(({ reader, value }) => ({ node: reader.node, value })),
  );
  const unused = functions.filter((node) => {
    const isReader = answers.some(({ reader }) => reader.node === node);
    const variable = model.variableOf(node.id);
    const reads = variable === undefined ? [] : readsOf(variable);
    const plain = answers.filter(({ isPlainText }) => isPlainText);
    const written = answers.filter(({ isPlainText }) => !isPlainText);
    const isLeft = reads.length > 0 && reads.every((read) => isIn(read, plain) && !isIn(read, written));
    return isReader || node === errors?.node || (isLeft && templateFor(model, node) !== undefined);
  });
  return { answers, errors, unused };
}

/** Writes the statements of readers where they are called, and takes the functions away. */
export function writeAnswers(model: Model, edits: EditList, { answers, errors, unused }: Plan): void {
  const names = new AnswerNames(model, answers);
  if (errors !== undefined) {
    const isLeft = (call: Node): boolean => answers.every(({ reader }) => !isInside(call, reader.node));
    writeErrors(model, edits, errors, isLeft, ({ name }) => name);
  }
  // In the order of the text: what is written behind a statement comes in front of what the next one begins with.
  for (const answer of answers.toSorted((a, b) => rangeOf(a.value)[0] - rangeOf(b.value)[0])) {
    writeAnswer(model, edits, answer, names.of(answer), errors);
  }
  removeLines(
    model,
    edits,
    unused.map((node) => rangeWithComments(model, node)),
  );
}

/** What the parts of an answer are called at its place. */
interface PartNames {
  readonly response: string;
  /** The body; undefined where it is in no constant. */
  readonly body: string | undefined;
  /** What declares the body, where it is the very variable that the user declares. */
  readonly declaration: string | undefined;
  /** The other constants of the reader. */
  readonly others: readonly (readonly [constant: Variable, name: string])[];
}

/** The constants that a reader declares, but for what it gives. */
function otherConstants(model: Model, { statements, held }: ReaderCall["reader"]): Variable[] {
  return statements.flatMap((statement) => {
    const name = statement.type === "VariableDeclaration" ? statement.declarations[0]?.id : undefined;
    const variable = name?.type === "Identifier" ? model.variableOf(name) : undefined;
    return variable === undefined || variable === held ? [] : [variable];
  });
}

/** Names for responses and bodies, free in the function in which they are used: no code outside of it sees them. */
class AnswerNames {
  readonly #model: Model;
  readonly #identifiers: readonly ESTree.Identifier[];
  readonly #given: { readonly name: string; readonly owner: Node }[] = [];

  /** @param answers the names in their readers go */
  constructor(model: Model, answers: readonly ReaderCall[]) {
    this.#model = model;
    this.#identifiers = model
      .nodes("Identifier")
      .filter((identifier) => model.referenceOf(identifier) !== undefined || model.variableOf(identifier) !== undefined)
      .filter((identifier) => answers.every(({ reader }) => !isInside(identifier, reader.node)));
  }

  of({ place, reader, isPlainText }: Answer): PartNames {
    const owner = this.#model.functionOf(place.statement) ?? this.#model.program;
    const isDeclared = place.kind === "declaration";
    const target = isDeclared && place.target.type === "Identifier" ? place.target.name : "response";
    const other = target === "response" ? "httpResponse" : `${target}Response`;
    const response = this.#take(this.#isTaken("response", owner) ? other : "response", owner);
    if (reader.held === undefined || isPlainText) {
      const constants = isPlainText ? [] : otherConstants(this.#model, reader);
      const others = constants.map((constant) => [constant, this.#take(constant.name, owner)] as const);
      return { response, body: undefined, declaration: undefined, others };
    }
    if (isDeclared && place.name !== undefined) {
      const [start] = rangeOf(place.statement);
      const declaration = this.#model.text.slice(start, rangeOf(place.target)[1]);
      return { response, body: place.name, declaration, others: [] };
    }
    const body = this.#take(this.#isTaken("body", owner) ? `${response}Body` : "body", owner);
    return { response, body, declaration: undefined, others: [] };
  }

  #isTaken(name: string, owner: Node): boolean {
    return (
      this.#identifiers.some((identifier) => identifier.name === name && isInside(identifier, owner)) ||
      this.#given.some((one) => one.name === name && one.owner === owner)
    );
  }

  #take(wanted: string, owner: Node): string {
    let name = wanted;
    for (let count = 2; this.#isTaken(name, owner); count += 1) {
      name = wanted + String(count);
    }
    this.#given.push({ name, owner });
    return name;
  }
}

/** The lines of a reader in front of the place where its result is used, and that result. */
function readingOf(
  model: Model,
  { reader, value, isPlainText }: Answer,
  { response, body, declaration, others }: PartNames,
  errors: ErrorMaker | undefined,
): { readonly lines: readonly string[]; readonly result: string } {
  const { held, result, node } = reader;
  if (isPlainText) {
    const failure = `throw new Error(\`\${${response}.status} - \${await ${response}.text()}\`);`;
    return { lines: checkLines(response, [failure], unitOf(model)), result: "" };
  }
  const edits = new EditList();
  renameVariable(model, edits, reader.response, response);
  if (held !== undefined && body !== undefined) {
    renameVariable(model, edits, held, body);
  }
  for (const [constant, name] of others.filter(([{ name: own }, name]) => own !== name)) {
    renameVariable(model, edits, constant, name);
  }
  if (errors !== undefined) {
    const nameOf = (argument: ESTree.Identifier): string => {
      const variable = model.variableOf(argument);
      const own = variable === reader.response ? response : variable === held ? body : undefined;
      return own ?? others.find(([constant]) => constant === variable)?.[1] ?? argument.name;
    };
    writeErrors(model, edits, errors, (call) => isInside(call, node), nameOf);
  }
  const lines = reader.statements.flatMap((statement) => {
    const [start] = rangeOf(statement);
    const code = reindentCode(edits.textOf(model.text, rangeOf(statement)), indentAt(model.text, start), "");
    const isOwn = statement.type === "VariableDeclaration" && statement.declarations[0]?.id === held?.identifiers[0];
    const own = isOwn && declaration !== undefined ? code.replace(`const ${body ?? ""}`, () => declaration) : code;
    return own.split(/\r?\n/u);
  });
  const isPromise = node.async !== true && value.type === "AwaitExpression";
  const given = reindentCode(edits.textOf(model.text, rangeOf(result)), indentAt(model.text, rangeOf(result)[0]), "");
  return { lines, result: isPromise ? `await ${given}` : given };
}

function writeAnswer(
  model: Model,
  edits: EditList,
  call: Answer,
  names: PartNames,
  errors: ErrorMaker | undefined,
): void {
  const { text } = model;
  const { place, request, value, kept } = call;
  const { statement } = place;
  const semicolon = semicolonOf(model, statement);
  const reading = readingOf(model, call, names, errors);
  const lines = reading.lines.map((line) => line.replace(/;$/u, semicolon));
  const [start] = rangeOf(statement);
  const lineBreak = lineEndingOf(text) + indentAt(text, start);
  const promise = kept !== undefined && value.type === "AwaitExpression" ? value.argument : request;
  const [from, to] = rangeOf(promise);
  const [valueStart, valueEnd] = rangeOf(value);
  const comments = [...commentTexts(model, [valueStart, from]), ...commentTexts(model, [to, valueEnd])];
  const waiting = `${inFrontOf(comments, lineBreak)}await `;
  const constant = `const ${names.response} = `;
  if (kept !== undefined) {
    edits.remove([rangeOf(kept.call)[0], rangeOf(request)[0]]);
    edits.remove([rangeOf(request)[1], rangeOf(kept.call)[1]]);
  }
  if (place.kind === "expression") {
    const moved = reindentCode(text.slice(from, to), indentAt(text, from), indentAt(text, start));
    edits.replaceWhole(
      names.body === undefined ? rangeOf(value) : operandRange(model, value),
      reading.result.split(/\r?\n/u).join(lineBreak),
    );
    const all = [`${constant}${waiting}${moved}${semicolon}`, ...lines];
    edits.insert(start, all.map((line) => line + lineBreak).join(""));
    return;
  }
  edits.replace([valueStart, from], waiting);
  edits.remove([to, valueEnd]);
  if (place.kind === "ignored") {
    edits.insert(start, constant);
    insertLinesBehind(model, edits, statement, lines);
    return;
  }
  const [, targetEnd] = rangeOf(place.target);
  const declaration = text.slice(start, targetEnd);
  const opening = text.slice(targetEnd, valueStart).replace(/^\s*=\s*/u, "");
  const isBare = /^\(+$/u.test(opening);
  edits.replace([start, valueStart], constant + (isBare ? "" : opening));
  if (isBare) removeClosing(model, edits, valueEnd, opening.length);
  const behind =
    names.declaration === undefined ? `${declaration} = ${reading.result}${semicolon}`.split(/\r?\n/u) : [];
  insertLinesBehind(model, edits, statement, [...lines, ...behind]);
}

/** Takes away the ends of parentheses behind an expression. */
function removeClosing(model: Model, edits: EditList, end: number, count: number): void {
  let from = end;
  for (let removed = 0; removed < count; removed += 1) {
    const at = gapEnd(model, from);
    edits.remove([at, at + 1]);
    from = at + 1;
  }
}
