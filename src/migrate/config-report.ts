import type { EditList } from "../edits/text/edit-list.ts";
import type { DifferenceId, FollowUpId, ReasonId } from "../platform/remarks.ts";
import { differences, fillSentence, followUps, reasons } from "../platform/remarks.ts";
import { placeAt } from "./json-text.ts";
import type { Remark, SourceResult } from "./result.ts";

type Data = Readonly<Record<string, string>>;

/** The id under which the conversion of JSON files is selected and reported. */
export const configTransform = {
  id: "function-config",
  description: "Turn config.json, settings.json and package.json of functions into V2's form.",
} as const;

/** Collects what is to be said of one JSON file; a refusal drops all edits. */
export class ConfigReport {
  readonly #text: string;
  readonly #refusals: Remark[] = [];
  readonly #notices: Remark[] = [];
  readonly #differences: Remark[] = [];
  readonly #followUps: Remark[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  refuse(id: ReasonId, offset: number, data: Data = {}): void {
    this.#refusals.push(this.#remark(id, reasons[id].short, offset, data));
  }

  notice(id: ReasonId, offset: number, data: Data = {}): void {
    this.#notices.push(this.#remark(id, reasons[id].short, offset, data));
  }

  declare(id: DifferenceId, offset: number, data: Data = {}): void {
    this.#differences.push(this.#remark(id, differences[id].short, offset, data));
  }

  followUp(id: FollowUpId, offset: number, data: Data = {}): void {
    this.#followUps.push(this.#remark(id, followUps[id].short, offset, data));
  }

  finish(edits: EditList): SourceResult {
    const none = { text: this.#text, transforms: [], differences: [], followUps: [] };
    if (this.#refusals.length > 0) return { ...none, verdict: "refused", reasons: this.#refusals };
    if (edits.isEmpty) return { ...none, verdict: "unchanged", reasons: [] };
    return {
      verdict: "migrated",
      text: edits.applyTo(this.#text).text,
      transforms: [configTransform.id],
      differences: this.#differences,
      reasons: this.#notices,
      followUps: this.#followUps,
    };
  }

  #remark(id: string, sentence: string, offset: number, data: Data): Remark {
    return { id, message: fillSentence(sentence, data), ...placeAt(this.#text, offset) };
  }
}
