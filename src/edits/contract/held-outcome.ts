import { NONE } from "../../analysis/control/flow.ts";
import type { Settled } from "../../analysis/control/flow.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { OwnerPlan } from "../../analysis/contract/settle-types.ts";
import { freeName } from "../text/names.ts";

/**
 * The variable that keeps the first outcome of an invocation while more of its code runs: `failure` holds
 * `{ error }`, `result` holds `{ value }`, `outcome` the one or the other.
 */
export class HeldOutcome {
  readonly name: string;
  readonly #kind: "failure" | "result" | "outcome";

  constructor(model: Model, plan: OwnerPlan) {
    const held = plan.calls.filter(({ mode }) => mode === "held");
    const isAllErrors = held.every(({ kind }) => kind === "error");
    const isAllValues = held.every(({ kind }) => kind === "absent");
    this.#kind = isAllErrors ? "failure" : isAllValues && !plan.losesErrors ? "result" : "outcome";
    this.name = freeName(model, this.#kind);
  }

  /** The statement that gives a kept error. */
  fail(isCaught: boolean, semicolon: string): string {
    return `${isCaught ? `return Promise.reject(${this.name}.error)` : `throw ${this.name}.error`}${semicolon}`;
  }

  /** The statement that gives a kept value. */
  succeed(semicolon: string): string {
    return `return ${this.name}.value${semicolon}`;
  }

  /** Lines that give the outcome, if there is one, in place of what follows. */
  give(settled: Settled, isCaught: boolean, unit: string, semicolon: string): string[] {
    const isCertain = (settled & NONE) === 0;
    const { name } = this;
    const fail = this.fail(isCaught, semicolon);
    const succeed = this.succeed(semicolon);
    const lines =
      this.#kind === "failure"
        ? [fail]
        : this.#kind === "result"
          ? [succeed]
          : [`if ("error" in ${name}) {`, unit + fail, "}", succeed];
    return isCertain ? lines : [`if (${name}) {`, ...lines.map((line) => unit + line), "}"];
  }
}
