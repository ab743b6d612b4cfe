import type { Node } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { readsOf } from "../src/analysis/code/bindings.ts";
import { findModuleUses, findNamedSources, findRequires } from "../src/analysis/modules/uses.ts";
import type { ModuleUse } from "../src/analysis/modules/uses.ts";
import { ImportPlan } from "../src/analysis/modules/import-plan.ts";
import { memberReads, packageChanges } from "../src/analysis/modules/package-changes.ts";
import { placeProblem } from "../src/analysis/modules/require-place.ts";
import { findSecretMutation, findSecretReads } from "../src/analysis/secrets/reads.ts";
import { commonJsUses, otherSloppyShapes, sloppyShapes } from "../src/analysis/modules/strictness.ts";
import { toolbeltUseOf } from "../src/analysis/toolbelt/creations.ts";
import type { ClientCreation } from "../src/analysis/toolbelt/creations.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { writeImports } from "../src/edits/modules/write-imports.ts";
import { NewNames } from "../src/edits/text/names.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step, StepOptions } from "../src/edits/step/step.ts";
import { httpPackages, requestPromises } from "../src/platform/http-packages.ts";
import { packageForm } from "../src/platform/packages.ts";
import type { PackageForm } from "../src/platform/packages.ts";
import { legacyFactories, legacyToolbelt } from "../src/platform/toolbelt.ts";
import { memberAdvice, secretError } from "../src/platform/toolbelt-clients.ts";

/** Turns `require` calls into imports, and the V1 toolbelt into that of V2. */
export const step: Step = (model, { run, packages, localFiles }) => {
  const report = new StepReport();
  const requires = findRequires(model);
  for (const source of findNamedSources(model)) {
    const isRequired = model.parentOf(source)?.type === "CallExpression";
    if (!isRequired && source.type === "Literal" && source.value === legacyToolbelt) {
      report.refuse("toolbelt-import", source);
    }
  }
  if (requires.length === 0) {
    return report.finish();
  }
  checkModuleUse(model, run, report);
  checkToolbelt(model, run, report);
  const uses = new Map(findModuleUses(model).map((use) => [use.node, use]));
  const names = new NewNames(model);
  const imports = new ImportPlan(
    model,
    (wanted) => names.take(wanted),
    new Set(run?.has("toolbelt-clients") === true ? [secretError.legacy] : []),
  );
  const found: [ModuleUse, PackageForm][] = [];
  for (const call of requires) {
    const use = uses.get(call);
    const form = use === undefined ? undefined : packageForm(use.source, packages);
    const problem = placeProblem(model, call, use, form !== undefined && form.followUp === undefined, localFiles);
    if (problem !== undefined || use === undefined) {
      report.refuse("require-in-place", call, { what: problem ?? "has a name that is computed at run time" });
    } else if (requestPromises.has(use.source)) {
      report.refuse("http-client-left", call);
    } else if (form === undefined && httpPackages.has(use.source)) {
      report.refuse("http-package", call, { name: use.source, advice: httpPackages.get(use.source) ?? "" });
    } else if (form === undefined) {
      report.refuse("unknown-package", call, { name: use.source });
    } else {
      checkPackage(model, use, form, report);
      report.refuseFor(imports.add(use, form));
      found.push([use, form]);
    }
  }
  remarkOnPackages(found, report);
  if (!report.isRefused) {
    writeImports(model, imports, report.edits);
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

function checkModuleUse(model: Model, run: StepOptions["run"], report: StepReport): void {
  for (const { what, offset } of run?.has("declare-globals") === true
    ? otherSloppyShapes(model)
    : sloppyShapes(model)) {
    report.refuseAt("sloppy-mode", offset, { what });
  }
  for (const { name, node } of commonJsUses(model)) {
    report.refuse("commonjs-exports", node, { name });
  }
}

/** What is not the same with the package that V2 has. */
function checkPackage(model: Model, use: ModuleUse, form: PackageForm, report: StepReport): void {
  for (const { node, what } of packageChanges(model, use)) {
    report.refuse("package-changed", node, { what, name: use.source });
  }
  if (form.difference === "es-toolkit" && form.member === undefined) {
    for (const { member, node } of memberReads(model, use)) {
      const what = member === undefined ? "is used as a whole" : `is read as \`${member}\``;
      if (member === undefined || form.names?.has(member) !== true) {
        report.refuse("package-member", node, { name: use.source, what, source: form.modern });
      }
    }
  }
}

/** What each package brings along, told once. */
function remarkOnPackages(found: readonly (readonly [ModuleUse, PackageForm])[], report: StepReport): void {
  const told = new Set<string>();
  for (const [use, { difference, followUp }] of found) {
    const name = use.source.replace(/^lodash\/.*/u, "lodash");
    if (difference !== undefined && !told.has(name)) {
      report.declare(difference, use.node);
    }
    if (followUp !== undefined && !told.has(name)) {
      report.followUp(followUp, use.node, { name });
    }
    told.add(name);
  }
}

function checkToolbelt(model: Model, run: StepOptions["run"], report: StepReport): void {
  const { clients, escapes } = toolbeltUseOf(model);
  for (const escape of escapes) {
    report.refuse("toolbelt-escapes", escape, { what: "is used as a value" });
  }
  for (const { factory, call } of clients) {
    const entry = legacyFactories.get(factory);
    if (entry === undefined) {
      report.refuse("toolbelt-member", call, {
        name: `Toolbelt.${factory}`,
        advice: memberAdvice(factory, [...legacyFactories.keys()]),
      });
    } else if (entry.migration === "fetch") {
      report.refuse("http-client-left", call);
    } else if (entry.migration === "converted" && run?.has(entry.by) !== true) {
      report.refuse("toolbelt-client-left", call, { name: factory, how: entry.how, by: entry.by });
    } else if (entry.migration === "changed") {
      report.refuse("toolbelt-client", call, { name: factory, how: entry.how });
    }
  }
  const reads = findSecretReads(model);
  for (const read of reads) {
    const mutation = findSecretMutation(model, read);
    if (mutation !== undefined) {
      report.refuse("secret-mutated", mutation);
    }
  }
  // A client that is handed on, or held by a variable with several values, may read secrets as well.
  const reader = reads[0]?.call ?? clients.find((client) => mayReadElsewhere(model, client))?.call;
  if (reader !== undefined) {
    report.declare("secrets-cached", reader);
    report.declare("secret-error-shape", reader);
  }
}

function mayReadElsewhere(model: Model, { factory, call, variable }: ClientCreation): boolean {
  const uses: readonly Node[] = variable === undefined ? [call] : readsOf(variable);
  return factory === "SecretClient" && uses.some((use) => model.parentOf(use)?.type !== "MemberExpression");
}
