import { asTransform } from "../src/edits/step/as-transform.ts";
import { convertChangedClients } from "../src/edits/toolbelt/changed-clients.ts";
import { Helpers } from "../src/edits/templates/helpers.ts";
import type { ClientWriter } from "../src/edits/toolbelt/client-writer.ts";
import { convertMtlsClients } from "../src/edits/toolbelt/mtls-client.ts";
import { convertOrchestratorClients } from "../src/edits/toolbelt/orchestrator-client.ts";
import { convertSecretClients } from "../src/edits/toolbelt/secret-client.ts";
import { convertSalesforce } from "../src/edits/toolbelt/salesforce.ts";
import { convertSecretErrors } from "../src/edits/toolbelt/secret-errors.ts";
import { convertServiceNames } from "../src/edits/toolbelt/service-names.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Uses the clients, errors and constants of the V1 toolbelt as V2 has them. */
export const step: Step = (model, { ownEnvironment = new Set(), ownAccounts = [] }) => {
  const report = new StepReport();
  const known = { ownEnvironment, ownAccounts: new Set(ownAccounts) };
  const writer: ClientWriter = { model, report, helpers: new Helpers(model), ...known };
  convertChangedClients(writer);
  convertSecretErrors(writer);
  convertSecretClients(writer);
  convertMtlsClients(writer);
  convertOrchestratorClients(writer);
  convertServiceNames(writer);
  convertSalesforce(writer);
  if (!report.isRefused) {
    writer.helpers.appendTo(report.edits);
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
