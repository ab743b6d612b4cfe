import { findSecretReads } from "../analysis/secrets/reads.ts";
import { changeOfAnyValue } from "../analysis/secrets/changes.ts";
import type { Model } from "../analysis/code/model.ts";
import type { StepResult } from "../edits/step/step.ts";
import type { Edit, EditList } from "../edits/text/edit-list.ts";

/**
 * A part of what a file means. `clients`: which clients of the toolbelt there are, and the calls of them · `unused`: a
 * declaration that nothing reads · `environment`: the names of the variables that are read from `process.env` ·
 * `contract`: how the handler answers, and in which order its code runs · `modules`: what the file takes in.
 */
type Part = "clients" | "unused" | "environment" | "contract" | "modules";

interface Sharing {
  /** All that the step looks at, before it decides what it writes and what it says. */
  readonly reads: readonly Part[];
  /** All that may mean something else behind it. */
  readonly writes: readonly Part[];
  /** Why these are all. */
  readonly why: string;
  /** True for a file in which it looks at more. */
  readonly readsMore?: (model: Model) => boolean;
}

/**
 * What steps read and write that may plan on one model: a step needs no model of its own where it reads nothing that
 * those before it wrote. A step that is not named here reads what all others write, and writes what all others read.
 */
export const sharing: ReadonlyMap<string, Sharing> = new Map<string, Sharing>(
  Object.entries({
    "http-client-to-fetch": {
      reads: ["clients", "environment", "contract"],
      writes: ["clients", "contract"],
      why: "It writes requests, and the code that takes their answers. A file without requests loses clients that nothing uses, and that is all.",
    },
    "toolbelt-clients": {
      reads: ["clients", "environment", "contract"],
      writes: ["clients", "environment", "contract"],
      why: "It asks which clients are called, and how; a client of another kind that nothing calls makes no difference.",
    },
    "environment-names": {
      reads: ["environment"],
      writes: ["environment"],
      why: "It looks at mentions of `process.env` alone, and gives some of them another name.",
    },
    "lp-client-to-response": {
      reads: ["clients", "contract"],
      writes: ["clients", "contract"],
      why: "It writes requests as well. Which variable of the environment stands in a path is nothing to it.",
    },
    "callback-to-async": {
      reads: ["clients", "contract"],
      writes: ["contract"],
      why: "Statements that call back return and throw; what the file takes in, and which clients it makes, stays.",
    },
    "require-to-import": {
      reads: ["modules", "clients", "unused"],
      writes: ["modules", "clients", "unused"],
      why: "It asks what is required and which names that gives. How the handler answers matters only to a secret that the file changes: one may be thrown.",
      readsMore: (model) => findSecretReads(model).length > 0 && changeOfAnyValue(model) !== undefined,
    },
  }),
);

/** What a step has written in a file: declarations that nothing reads any more, where that is all. */
function writtenBy(id: string, { edits, isMechanical }: StepResult): readonly Part[] | undefined {
  const isRemoval = id === "http-client-to-fetch" && edits.all.every(({ text }) => text === "");
  return isMechanical ? undefined : isRemoval ? ["unused"] : sharing.get(id)?.writes;
}

/** Edits of steps that were planned on one model, and are not applied yet. */
export interface Planned {
  readonly edits: EditList;
  /** The steps, in their order. */
  readonly ids: readonly string[];
  /** What they wrote; undefined where it may be anything. */
  readonly written: readonly Part[] | undefined;
}

/** The edits of one step, which others may join. */
export function plannedBy(id: string, result: StepResult): Planned {
  return { edits: result.edits, ids: [id], written: writtenBy(id, result) };
}

/** True when a step finds the same in the model that others have planned on as in that of what they write. */
export function maySee(model: Model, id: string, { written }: Planned): boolean {
  const own = sharing.get(id);
  return (
    own !== undefined &&
    written !== undefined &&
    !own.reads.some((part) => written.includes(part)) &&
    own.readsMore?.(model) !== true
  );
}

/**
 * The edits of a step beside those of the others; undefined where they are not apart from each other, or where it can't
 * be: both write a name that the file does not have, and a step that says no may say yes to what the others write.
 */
export function joined(model: Model, planned: Planned, id: string, result: StepResult): Planned | undefined {
  if (result.refusals.length > 0 || !areApart(model, planned.edits.all, result.edits.all)) {
    return undefined;
  }
  if (result.edits.isEmpty) {
    return planned;
  }
  const own = plannedBy(id, result);
  const written =
    planned.written === undefined || own.written === undefined ? undefined : [...planned.written, ...own.written];
  return { edits: planned.edits.with(result.edits), ids: [...planned.ids, id], written };
}

function areApart(model: Model, some: readonly Edit[], others: readonly Edit[]): boolean {
  const written = new Set(some.flatMap(wordsOf));
  return others.every(
    (edit) =>
      some.every((other) => isBefore(model.text, edit, other) || isBefore(model.text, other, edit)) &&
      wordsOf(edit).every((word) => !written.has(word) || model.isNameTaken(word) || KEYWORD.test(word)),
  );
}

const KEYWORD = /^(?:as|async|await|const|function|from|import|let|return)$/u;

function wordsOf({ text }: Edit): string[] {
  return text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
}

/** True when there is text between two edits, or when the first takes whole lines away in front of the other. */
function isBefore(text: string, { range, text: written }: Edit, other: Edit): boolean {
  const [, end] = range;
  const [start] = other.range;
  return end < start || (end === start && range[0] < end && written === "" && text.charAt(end - 1) === "\n");
}
