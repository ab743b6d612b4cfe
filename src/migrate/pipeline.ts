import { createModel } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource, SourceSyntaxError } from "../analysis/code/parse.ts";
import type { StepOptions, StepRemark, StepResult } from "../edits/step/step.ts";
import type { Remark } from "./result.ts";
import { steps } from "./steps.ts";
import { joined, maySee, plannedBy } from "./sharing.ts";
import type { Planned } from "./sharing.ts";
import type { PipelineStep } from "./steps.ts";

/** Where a file stands between two steps. Immutable, so that the pipeline can go back. */
export interface Progress {
  readonly model: Model;
  /** The offset in the user's text that an offset in the present text comes from. */
  readonly originalOffset: (offset: number) => number;
  /** The same for what the user wrote; undefined for what a step wrote. */
  readonly keptOffset: (offset: number) => number | undefined;
  readonly refusals: readonly Remark[];
  readonly notices: readonly Remark[];
  readonly differences: readonly Remark[];
  readonly followUps: readonly Remark[];
  /** Ids of the steps that changed something. */
  readonly transforms: readonly string[];
  readonly isMechanical: boolean;
}

/** The result of a migration, and where its text comes from. */
export type Output = Pick<Progress, "model" | "keptOffset">;

/**
 * So many rounds of preparing steps at most: each takes one chain, alias or call into reach, and a chain may hold others.
 * The limit keeps a fault from going on for ever, and is never met by what people write.
 */
function mostRounds(model: Model): number {
  return 30 + model.nodes("CallExpression").length + model.nodes("VariableDeclarator").length;
}

/** The progress of a file that no step has seen yet. */
export function startOf(model: Model): Progress {
  return {
    model,
    originalOffset: (offset) => offset,
    keptOffset: (offset) => offset,
    refusals: [],
    notices: [],
    differences: [],
    followUps: [],
    transforms: [],
    isMechanical: false,
  };
}

/** Two steps may say the same of the same place; it is told once. */
function withNew(known: readonly Remark[], found: readonly Remark[]): readonly Remark[] {
  if (found.length === 0) return known;
  const isSame = (a: Remark, b: Remark): boolean =>
    a.id === b.id && a.line === b.line && a.column === b.column && a.message === b.message;
  return [...known, ...found.filter((remark) => !known.some((other) => isSame(remark, other)))];
}

/** Takes a step's result over: its remarks with their places in the user's text, and its edits. */
export function advance(progress: Progress, original: Model, id: string, result: StepResult): Progress {
  return applied(told(progress, original, result), plannedBy(id, result));
}

/** Takes the remarks of a step over. */
function told(progress: Progress, original: Model, result: StepResult): Progress {
  const locate = ({ id: remarkId, message, offset }: StepRemark): Remark => ({
    id: remarkId,
    message,
    ...original.placeOf(progress.originalOffset(offset)),
  });
  // Code that was moved has no exact place any more: an earlier step has told of it where it stood.
  const isNews = (remark: StepRemark): boolean =>
    progress.keptOffset(remark.offset) !== undefined ||
    !progress.refusals.some((known) => known.id === remark.id && known.message === remark.message);
  return {
    ...progress,
    refusals: withNew(progress.refusals, result.refusals.filter(isNews).map(locate)),
    notices: withNew(progress.notices, result.notices.map(locate)),
    differences: withNew(progress.differences, result.differences.map(locate)),
    followUps: withNew(progress.followUps, result.followUps.map(locate)),
    isMechanical: progress.isMechanical || result.isMechanical,
  };
}

/** Applies what steps have planned. */
function applied(progress: Progress, { edits, ids }: Pick<Planned, "edits" | "ids">): Progress {
  if (edits.isEmpty) {
    return progress;
  }
  const edited = edits.applyTo(progress.model.text);
  const model = modelOf(edited.text, progress.model, progress.refusals.length > 0);
  if (model === undefined) {
    return progress;
  }
  // Without the progress itself, which would keep its model as long as the last one.
  const { originalOffset, keptOffset } = progress;
  return {
    ...progress,
    model,
    originalOffset: (offset) => originalOffset(edited.originalOffset(offset)),
    keptOffset: (offset) => {
      const kept = edited.keptOffset(offset);
      return kept === undefined ? undefined : keptOffset(kept);
    },
    transforms: [...new Set([...progress.transforms, ...ids])],
  };
}

/** The model of what a step wrote; undefined for a file that is refused anyway and has syntax that only a script may. */
function modelOf(text: string, former: Model, isRefused: boolean): Model | undefined {
  try {
    return createModel(parseSource(text, former));
  } catch (error) {
    if (isRefused && error instanceof SourceSyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Runs preparing steps in turn until none of them finds anything more. */
function prepare(
  progress: Progress,
  preparing: readonly PipelineStep[],
  options: StepOptions,
  original: Model,
): Progress {
  let current = progress;
  const limit = mostRounds(original);
  for (let round = 0; round < limit; round += 1) {
    const before = current.model;
    for (const { id, run, isLastResort } of preparing) {
      if (isLastResort !== true || current.model === before) {
        current = advance(current, original, id, run(current.model, options));
      }
    }
    if (current.model === before) {
      break;
    }
  }
  return current;
}

/** What all steps of a run are told, and which of them run. */
interface RunOptions extends Omit<StepOptions, "run"> {
  /** Ids of the only steps to run; all of them when absent. */
  readonly transforms?: readonly string[];
}

/** A step with all that prepares for it; without the step where only these were chosen. */
interface Stage {
  readonly preparing: readonly PipelineStep[];
  readonly step: PipelineStep | undefined;
}

function stagesOf(selected: readonly PipelineStep[]): Stage[] {
  const goals = new Set(selected.map(({ id, prepares }) => prepares?.for ?? id));
  return [...goals].map((goal) => ({
    preparing: selected.filter(({ prepares }) => prepares?.for === goal),
    step: selected.find(({ id }) => id === goal),
  }));
}

/** Where a file stands while edits of its steps wait for others that share their model. */
interface Waiting {
  readonly progress: Progress;
  readonly planned?: Planned;
}

/** Takes the remarks of a step over; its edits wait. */
function planning(progress: Progress, original: Model, id: string, result: StepResult): Waiting {
  const known = told(progress, original, result);
  return result.edits.isEmpty ? { progress: known } : { progress: known, planned: plannedBy(id, result) };
}

function settled({ progress, planned }: Waiting): Progress {
  return planned === undefined ? progress : applied(progress, planned);
}

/** Runs a step behind others, on the model that they have planned on where it finds the same there. */
function runBehind(waiting: Waiting, { id, run }: PipelineStep, options: StepOptions, original: Model): Waiting {
  const { progress, planned } = waiting;
  if (planned !== undefined && progress.refusals.length === 0 && maySee(progress.model, id, planned)) {
    const result = run(progress.model, options);
    const both = joined(progress.model, planned, id, result);
    if (both !== undefined) {
      return { progress: told(progress, original, result), planned: both };
    }
  }
  const current = settled(waiting);
  return planning(current, original, id, run(current.model, options));
}

/**
 * Runs a step behind those that prepare for it. Where a step keeps the V1 contract itself, the user's own code stays inside
 * the adapter, without what was prepared for it: see `unless` in steps.ts.
 */
function runPrepared(from: Progress, stage: Stage, options: StepOptions, original: Model): Waiting {
  const { step } = stage;
  const preparing = stage.preparing.filter(({ prepares }) => !(from.isMechanical && prepares?.unless === "mechanical"));
  // What is prepared may stand in the way of the last resort.
  const ways = preparing.some(({ prepares }) => prepares?.unless === "mechanical")
    ? [
        preparing,
        preparing.filter(({ isLastResort }) => isLastResort),
        preparing.filter(({ isLastResort, isPlain }) => isLastResort ?? isPlain),
        [],
      ]
    : [preparing];
  let last: Waiting = { progress: from };
  const tried = new Map<Model, Waiting>();
  for (const way of ways) {
    const left = preparing.filter((each) => !way.includes(each)).map(({ id }) => id);
    const ids = new Set([...(options.run ?? [])].filter((id) => !left.includes(id)));
    const prepared = prepare(from, way, { ...options, run: ids }, original);
    const known = tried.get(prepared.model);
    if (known !== undefined) {
      last = known;
      continue;
    }
    const result = step?.run(prepared.model, options);
    last =
      step === undefined || result === undefined
        ? { progress: prepared }
        : planning(prepared, original, step.id, result);
    tried.set(prepared.model, last);
    if (result?.isMechanical !== true) {
      break;
    }
  }
  return last;
}

/**
 * Runs the steps one after another. A step that refuses makes no edits, and the later ones still run, so that all reasons
 * are told at once.
 */
export function runSteps(start: Progress, { transforms, ...rest }: RunOptions): Progress {
  const original = start.model;
  const selected = steps.filter(({ id }) => transforms?.includes(id) !== false);
  const options: StepOptions = { ...rest, run: new Set(selected.map(({ id }) => id)) };
  let waiting: Waiting = { progress: start };
  for (const stage of stagesOf(selected)) {
    waiting =
      stage.preparing.length === 0 && stage.step !== undefined
        ? runBehind(waiting, stage.step, options, original)
        : runPrepared(settled(waiting), stage, options, original);
  }
  return settled(waiting);
}
