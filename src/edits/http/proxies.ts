import { findProxySettings } from "../../analysis/http/proxies.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { proxyVariables } from "../../platform/environment.ts";
import type { StepReport } from "../step/step.ts";

/**
 * Refuses a file that sets a proxy for its requests, and declares what else changes which one V1 took.
 *
 * @param request the first request; undefined when there is none, and nothing to tell
 * @param ownEnvironment the variables that the function's `config.json` defines
 */
export function reportProxies(
  model: Model,
  request: Node | undefined,
  ownEnvironment: ReadonlySet<string> | undefined,
  report: StepReport,
): void {
  if (request === undefined) {
    return;
  }
  const { problems, changes } = findProxySettings(model);
  report.refuseFor(problems);
  for (const { name, node } of changes) {
    report.declare("proxy-ignored", node, { name });
  }
  for (const name of ownEnvironment ?? []) {
    if (proxyVariables.has(name)) {
      report.declare("proxy-ignored", request, { name });
    }
  }
}
