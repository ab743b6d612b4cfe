import { rangeOf } from "../../analysis/code/tree.ts";
import { planServiceNames } from "../../analysis/clients/service-names.ts";
import { renamedService } from "../../platform/toolbelt-clients.ts";
import type { ClientWriter } from "./client-writer.ts";

/** Asks for services by the names that they have in V2. */
export function convertServiceNames({ model, report }: ClientWriter): void {
  const { legacy, modern } = renamedService;
  const { places, texts, reads, problems } = planServiceNames(model);
  report.refuseFor(problems);
  for (const literal of texts) {
    const [start, end] = rangeOf(literal);
    report.edits.replace([start + 1, end - 1], modern);
  }
  for (const read of reads) {
    report.edits.replace(rangeOf(read), `"${modern}"`);
  }
  for (const place of places) {
    report.declare("service-name", place, { legacy, modern });
  }
}
