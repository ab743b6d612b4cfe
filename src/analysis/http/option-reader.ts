import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { booleanOf } from "../values/constants.ts";
import { isSwitchedOff } from "./switched-off.ts";
import type { HttpCall } from "./calls.ts";
import { isThrowRejection } from "./thrown-rejections.ts";
import type { Problem } from "../code/problem.ts";

/** Collects problems while the options of one request are read. */
export class OptionReader {
  readonly model: Model;
  readonly properties: ReadonlyMap<string, ESTree.Property>;
  /** Options that do nothing, because of what they hold. */
  readonly switchedOff: readonly ESTree.Property[];
  readonly problems: Problem[] = [];
  readonly #call: HttpCall;

  constructor(model: Model, call: HttpCall) {
    this.model = model;
    this.#call = call;
    const given = [...(call.options?.properties ?? [])];
    const isOff = ([name, { value }]: (typeof given)[number]): boolean => isSwitchedOff(model, name, value);
    this.properties = new Map(given.filter((option) => !isOff(option)));
    this.switchedOff = given.filter(isOff).map(([, property]) => property);
  }

  /** What is thrown in the place of the request is what it would be rejected with. */
  get mayThrow(): boolean {
    return this.#call.awaited !== undefined || isThrowRejection(this.model, this.#call.call);
  }

  refuse(name: string, why: string): void {
    const node = this.properties.get(name) ?? this.#call.call;
    this.problems.push({ id: "http-option", node, data: { name, why } });
  }

  /** A literal boolean option, or its default. */
  flag(name: string, otherwise: boolean): boolean {
    const property = this.properties.get(name);
    if (property === undefined) {
      return otherwise;
    }
    const value = booleanOf(this.model, property.value);
    if (value === undefined) {
      this.refuse(name, "is neither `true` nor `false` in the code");
    }
    return value ?? otherwise;
  }
}
