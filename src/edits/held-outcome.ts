import type { Model } from "../analysis/model.ts";
import type { OwnerPlan } from "../analysis/settle-plan.ts";
import { NONE } from "../analysis/settlement.ts";
import type { Settled } from "../analysis/settlement.ts";
import { freeName } from "./names.ts";

/**
 * The variable that keeps the first outcome of an invocation while more of its code runs: `failure` holds
 * `{ error }`, `result` holds `{ value }`, `outcome` the one or the other.
 */
export class HeldOutcome {
  readonly name: string;
  readonly #kind: "failure" | "result" | "outcome";

  constructor(model: Model, plan: OwnerPlan) {
    const held = plan.calls.filter(({ mode }) => mode === "held");
    const isAllErrors = held.every(({ kind }) => kind !== "absent" && kind !== "unknown");
    const isAllValues = held.every(({ kind }) => kind === "absent");
    this.#kind = isAllErrors ? "failure" : isAllValues && !plan.losesErrors ? "result" : "outcome";
    this.name = freeName(model, this.#kind);
  }

  /** Lines that give the outcome, if there is one, in place of what follows. */
  give(settled: Settled, isCaught: boolean, unit: string, semicolon: string): string[] {
    const isCertain = (settled & NONE) === 0;
    const { name } = this;
    const fail = `${isCaught ? `return Promise.reject(${name}.error)` : `throw ${name}.error`}${semicolon}`;
    const succeed = `return ${name}.value${semicolon}`;
    const lines =
      this.#kind === "failure"
        ? [fail]
        : this.#kind === "result"
          ? [succeed]
          : [`if ("error" in ${name}) {`, unit + fail, "}", succeed];
    return isCertain ? lines : [`if (${name}) {`, ...lines.map((line) => unit + line), "}"];
  }
}
