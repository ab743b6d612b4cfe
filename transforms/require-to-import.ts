import type * as ESTree from "estree";
import { isFunction, rangeOf } from "../src/analysis/ast.ts";
import type { Node } from "../src/analysis/ast.ts";
import type { Model } from "../src/analysis/model.ts";
import { findModuleUses, findRequires, readsOf } from "../src/analysis/modules.ts";
import type { ImportedName, ModuleUse } from "../src/analysis/modules.ts";
import { identifierFor, isHiddenFrom, isPlain } from "../src/analysis/import-names.ts";
import { findSecretMutation, findSecretReads } from "../src/analysis/secrets.ts";
import { commonJsUses, sloppyShapes } from "../src/analysis/strictness.ts";
import { toolbeltUseOf } from "../src/analysis/toolbelt.ts";
import type { ClientCreation } from "../src/analysis/toolbelt.ts";
import { asTransform } from "../src/edits/as-transform.ts";
import { importBlock, importOffset } from "../src/edits/import-block.ts";
import type { ImportLine } from "../src/edits/import-block.ts";
import { indentAt, lineEndingOf } from "../src/edits/layout.ts";
import { freeName } from "../src/edits/names.ts";
import { attachedComments, rangeWithComments, removeLines } from "../src/edits/remove-statements.ts";
import { StepReport } from "../src/edits/step.ts";
import type { Step, StepOptions } from "../src/edits/step.ts";
import { packageForm } from "../src/platform/packages.ts";
import type { PackageForm } from "../src/platform/packages.ts";
import { legacyFactories } from "../src/platform/toolbelt.ts";
import { memberAdvice } from "../src/platform/toolbelt-clients.ts";

/** Turns `require` calls into imports, and the V1 toolbelt into that of V2. */
export const step: Step = (model, { run }) => {
  const report = new StepReport();
  const requires = findRequires(model);
  if (requires.length === 0) {
    return report.finish();
  }
  checkModuleUse(model, report);
  checkToolbelt(model, run, report);
  const uses = new Map(findModuleUses(model).map((use) => [use.node, use]));
  const imports = new ImportPlan(model, report);
  for (const call of requires) {
    const use = uses.get(call);
    const problem = placeProblem(model, call, use);
    if (problem === undefined && use !== undefined) {
      imports.add(use);
    } else {
      report.refuse("require-in-place", call, { what: problem ?? "has a name that is computed at run time" });
    }
  }
  if (!report.isRefused) {
    imports.write();
  }
  return report.finish();
};

export default asTransform(step);

function checkModuleUse(model: Model, report: StepReport): void {
  for (const { what, offset } of sloppyShapes(model)) {
    report.refuseAt("sloppy-mode", offset, { what });
  }
  for (const { name, node } of commonJsUses(model)) {
    report.refuse("commonjs-exports", node, { name });
  }
}

function checkToolbelt(model: Model, run: StepOptions["run"], report: StepReport): void {
  const { clients, escapes } = toolbeltUseOf(model);
  for (const escape of escapes) {
    report.refuse("toolbelt-escapes", escape, { what: "is used as a value" });
  }
  for (const { factory, call } of clients) {
    const entry = legacyFactories[factory];
    if (entry === undefined) {
      report.refuse("toolbelt-member", call, {
        name: `Toolbelt.${factory}`,
        advice: memberAdvice(factory, Object.keys(legacyFactories)),
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

/** Why a `require` can't move to the top of the file, as the end of a sentence that begins with “This `require`”. */
function placeProblem(model: Model, call: ESTree.SimpleCallExpression, use: ModuleUse | undefined): string | undefined {
  if (use === undefined) {
    return "has a name that is computed at run time";
  }
  if (/^\.{0,2}\//u.test(use.source)) {
    return "loads a file of the project";
  }
  const parent = model.parentOf(call);
  if (parent?.type === "ExpressionStatement") {
    return "is there for its side effect";
  }
  for (let node: Node | null = parent; node !== null; node = model.parentOf(node)) {
    if (/^(?:If|Conditional|Logical|SwitchCase|CatchClause|While|DoWhile|For|ForIn|ForOf)/u.test(node.type)) {
      return "is conditional";
    }
    if (isFunction(node) && node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement") {
      return "is evaluated when it is needed";
    }
  }
  return undefined;
}

interface PlannedImport {
  readonly form: PackageForm;
  defaultName: string | undefined;
  readonly names: Set<string>;
  readonly leading: string[];
  trailing: string | undefined;
}

/** Collects what is imported, package by package, and writes it. */
class ImportPlan {
  readonly #model: Model;
  readonly #report: StepReport;
  readonly #imports = new Map<string, PlannedImport>();
  readonly #removed: Node[] = [];

  constructor(model: Model, report: StepReport) {
    this.#model = model;
    this.#report = report;
  }

  add(use: ModuleUse): void {
    const form = packageForm(use.source);
    if (form === undefined) {
      this.#report.refuse("unknown-package", use.node, { name: use.source });
      return;
    }
    const planned = this.#planned(form);
    if (use.names !== undefined && form.names !== undefined && !this.#needsDefault(use, use.names, form)) {
      this.#addNames(use, use.names, form, planned);
    } else if (form.hasDefault) {
      this.#addDefault(use, planned);
    } else {
      this.#report.refuse("toolbelt-escapes", use.node, {
        what: "is taken from the package in a way that is not followed",
      });
    }
  }

  write(): void {
    const { edits } = this.#report;
    const { text } = this.#model;
    const offset = importOffset(this.#model);
    const lines = [...this.#imports.values()].map((planned): ImportLine => ({
      source: planned.form.modern,
      rank: planned.form.rank,
      defaultName: planned.defaultName,
      names: [...planned.names],
      leading: planned.leading,
      trailing: planned.trailing,
    }));
    const ranges = this.#removed.map((statement) => rangeWithComments(this.#model, statement, offset));
    removeLines(this.#model, edits, ranges);
    const block = importBlock(
      this.#model,
      lines.filter((line) => line.defaultName !== undefined || line.names.length > 0),
    );
    const rest = edits.textOf(text, [offset, text.length]);
    // Behind a directive or a comment on the line of the first statement.
    edits.insert(offset, /(?:^\uFEFF?|\n)$/u.test(text.slice(0, offset)) ? "" : lineEndingOf(text));
    edits.insert(offset, /^\s*(?:\n|$)/u.test(rest) ? block : block + (block.endsWith("\r\n") ? "\r\n" : "\n"));
  }

  #planned(form: PackageForm): PlannedImport {
    const known = this.#imports.get(form.modern);
    if (known !== undefined) {
      return known;
    }
    const planned: PlannedImport = { form, defaultName: undefined, names: new Set(), leading: [], trailing: undefined };
    this.#imports.set(form.modern, planned);
    return planned;
  }

  /** Names that can't be imported one by one without a change are read from the default import, where they are now. */
  #needsDefault(use: ModuleUse, names: readonly ImportedName[], form: PackageForm): boolean {
    return (
      form.hasDefault &&
      names.some(
        ({ imported, local }) =>
          form.names?.has(imported) !== true ||
          !this.#canBindAtTop(local, imported) ||
          !isPlain(this.#model, use, local),
      )
    );
  }

  #addNames(use: ModuleUse, names: readonly ImportedName[], form: PackageForm, planned: PlannedImport): void {
    for (const { imported, local } of names) {
      if (form.names?.has(imported) !== true) {
        this.#report.refuse("unknown-export", local, { name: imported, source: form.modern });
      } else if (!this.#canBindAtTop(local, imported) || !isPlain(this.#model, use, local)) {
        this.#report.refuse("import-name-clash", local, { name: imported });
      }
      planned.names.add(imported);
    }
    this.#removeDeclaration(
      use,
      planned,
      names.filter(({ imported, local }) => imported !== local.name),
    );
  }

  #addDefault(use: ModuleUse, planned: PlannedImport): void {
    const { whole } = use;
    const isFree = whole !== undefined && this.#canBindAtTop(whole) && isPlain(this.#model, use, whole);
    if (isFree && (planned.defaultName ?? whole.name) === whole.name) {
      planned.defaultName = whole.name;
      this.#removeDeclaration(use, planned);
      return;
    }
    planned.defaultName ??= freeName(this.#model, identifierFor(use.source));
    if (isHiddenFrom(this.#model.scopeAt(use.node), planned.defaultName)) {
      this.#report.refuse("import-name-clash", use.node, { name: planned.defaultName });
    }
    this.#report.edits.replace(rangeOf(use.node), planned.defaultName);
  }

  /** True when the name means nothing else at module level, nor a global elsewhere in the file. */
  #canBindAtTop(local: ESTree.Identifier, name = local.name): boolean {
    const own = this.#model.variableOf(local);
    const top = this.#model.scopeAt(this.#model.program);
    const topVariable = top.set.get(name);
    const isTaken =
      topVariable !== undefined && topVariable !== own && !this.#isImportOf(topVariable.identifiers[0], local);
    const through = this.#model.scopeManager.globalScope?.through ?? [];
    const isHidden = own !== undefined && isHiddenFrom(own.scope, name, own);
    return !isTaken && !isHidden && !through.some(({ identifier }) => identifier.name === name);
  }

  /** True when the top-level name is bound by a `require` of the same package and the same name. */
  #isImportOf(identifier: ESTree.Identifier | undefined, local: ESTree.Identifier): boolean {
    const uses = findModuleUses(this.#model);
    const sourceOf = (name: ESTree.Identifier | undefined): string | undefined =>
      uses.find((use) => use.whole === name || use.names?.some((imported) => imported.local === name) === true)?.source;
    const source = sourceOf(identifier);
    return identifier !== undefined && source !== undefined && source === sourceOf(local);
  }

  /** The declaration goes with its comments; names that were given locally stay, as constants. */
  #removeDeclaration(use: ModuleUse, planned: PlannedImport, renamed: readonly ImportedName[] = []): void {
    const declaration = use.declarator === undefined ? null : this.#model.parentOf(use.declarator);
    if (use.declarator === undefined || declaration === null) {
      return;
    }
    if (renamed.length > 0) {
      const constants = renamed.map(({ imported, local }) => `${local.name} = ${imported}`);
      this.#report.edits.replace(rangeOf(use.declarator), constants.join(", "));
      return;
    }
    const { leading, trailing } = attachedComments(this.#model, declaration, importOffset(this.#model));
    const indent = indentAt(this.#model.text, rangeOf(declaration)[0]);
    const textOf = (range: readonly [number, number]): string =>
      this.#model.text.slice(...range).replaceAll(new RegExp(`(\\n)${indent}`, "gu"), "$1");
    planned.leading.push(...leading.map(textOf));
    if (trailing !== undefined) {
      if (planned.trailing === undefined) {
        planned.trailing = textOf(trailing);
      } else {
        planned.leading.push(textOf(trailing));
      }
    }
    this.#removed.push(declaration);
  }
}
