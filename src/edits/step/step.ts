import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { Problem } from "../../analysis/code/problem.ts";
import type { PackageChoice } from "../../platform/package-choices.ts";
import { differences, fillSentence, followUps, reasons } from "../../platform/remarks.ts";
import type { DifferenceId, FollowUpId, ReasonId } from "../../platform/remarks.ts";
import type { LocalFiles } from "../../analysis/code/local-files.ts";
import { EditList } from "../text/edit-list.ts";

export type Style = "faithful" | "idiomatic";

/** A remark with the place it speaks of as an offset in the text that the step saw. */
export interface StepRemark {
  readonly id: string;
  readonly message: string;
  readonly offset: number;
}

/** What a migration step wants done to one file. */
export interface StepResult {
  /** The edits; none when the step has nothing to do or refuses the file. */
  readonly edits: EditList;
  /** Not empty: the file must stay as it is. */
  readonly refusals: readonly StepRemark[];
  /** Likely bugs and whatever else a person must look at, though the file is migrated. */
  readonly notices: readonly StepRemark[];
  readonly differences: readonly StepRemark[];
  readonly followUps: readonly StepRemark[];
  /** True when the V1 contract was kept instead of being rewritten. */
  readonly isMechanical: boolean;
}

export interface StepOptions {
  readonly style: Style;
  /**
   * Ids of all steps of this run. A step that relies on an earlier one asks here where the text does not show it. Absent when
   * the step runs alone.
   */
  readonly run?: ReadonlySet<string>;
  /**
   * Names of the environment variables that the function's `config.json` defines: they are the user's own, whatever
   * the platform calls so too. Absent when no configuration is known.
   */
  readonly ownEnvironment?: ReadonlySet<string>;
  /** The account that functions run on, as the user named it: its number, or names of what holds it. */
  readonly ownAccounts?: readonly string[];
  /** V2 packages that the user chose in place of those of V1. */
  readonly packages?: readonly PackageChoice[];
  /** The files of the project that the function loads; absent where it loads none, or nobody looked. */
  readonly localFiles?: LocalFiles;
}

/** A migration step: a pure function from the meaning of a file to edits, or to reasons against them. */
export type Step = (model: Model, options: StepOptions) => StepResult;

type Data = Readonly<Record<string, string>>;

/** Collects what a step finds; `finish` drops all edits when there was a refusal. */
export class StepReport {
  readonly edits = new EditList();
  readonly #refusals: StepRemark[] = [];
  readonly #notices: StepRemark[] = [];
  readonly #differences: StepRemark[] = [];
  readonly #followUps: StepRemark[] = [];
  #isMechanical = false;

  get isRefused(): boolean {
    return this.#refusals.length > 0;
  }

  refuse(id: ReasonId, node: Node, data: Data = {}): void {
    this.refuseAt(id, rangeOf(node)[0], data);
  }

  refuseFor(problems: Iterable<Problem>): void {
    for (const { id, node, data } of problems) {
      this.refuse(id, node, data);
    }
  }

  /** Refuses for something that has a place in the text, but no node. */
  refuseAt(id: ReasonId, offset: number, data: Data = {}): void {
    this.#refusals.push({ id, message: fillSentence(reasons[id].short, data), offset });
  }

  notice(id: ReasonId, node: Node, data: Data = {}): void {
    this.#notices.push({ id, message: fillSentence(reasons[id].short, data), offset: rangeOf(node)[0] });
  }

  declare(id: DifferenceId, node: Node, data: Data = {}): void {
    this.#differences.push({ id, message: fillSentence(differences[id].short, data), offset: rangeOf(node)[0] });
  }

  followUp(id: FollowUpId, node: Node, data: Data = {}): void {
    this.#followUps.push({ id, message: fillSentence(followUps[id].short, data), offset: rangeOf(node)[0] });
  }

  keepContract(node: Node, why: string): void {
    this.#isMechanical = true;
    this.notice("callback-contract-kept", node, { why });
  }

  finish(): StepResult {
    return {
      edits: this.isRefused ? new EditList() : this.edits,
      refusals: this.#refusals,
      notices: this.#notices,
      differences: this.#differences,
      followUps: this.#followUps,
      isMechanical: this.#isMechanical,
    };
  }
}
