import { awaitedChainOf, waitingStatements } from "../src/analysis/contract/awaited-chain.ts";
import type { FunctionNode } from "../src/analysis/code/tree.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { AwaitedChainWriter } from "../src/edits/contract/awaited-chain.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Writes the links of chains that an async function waits for as statements of their own. */
export const step: Step = (model) => {
  const report = new StepReport();
  const writer = new AwaitedChainWriter(model, report.edits);
  const chains = waitingStatements(model).flatMap((statement) => awaitedChainOf(model, statement) ?? []);
  const written = new Set<FunctionNode>();
  let end = 0;
  for (const chain of chains.toSorted((a, b) => rangeOf(a.statement)[0] - rangeOf(b.statement)[0])) {
    // Names that one chain declares count for the next one in the same function, and a chain may hold others.
    if (!written.has(chain.owner) && rangeOf(chain.statement)[0] >= end) {
      written.add(chain.owner);
      [, end] = rangeOf(chain.statement);
      writer.write(chain);
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
