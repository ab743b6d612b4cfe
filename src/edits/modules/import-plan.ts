import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { identifierFor, isHiddenFrom, isPlain, otherMeaning } from "../../analysis/modules/import-names.ts";
import type { Model } from "../../analysis/code/model.ts";
import { findModuleUses } from "../../analysis/modules/uses.ts";
import type { ImportedName, ModuleUse } from "../../analysis/modules/uses.ts";
import { directReads, laterNames } from "../../analysis/modules/package-changes.ts";
import type { MemberRead } from "../../analysis/modules/package-changes.ts";
import type { PackageForm } from "../../platform/packages.ts";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import { importOffset } from "../text/import-offset.ts";
import { importBlock } from "./import-block.ts";
import type { ImportLine } from "./import-block.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { removeItems } from "../text/list-items.ts";
import { NewNames } from "../text/names.ts";
import { attachedComments, rangeWithComments, removeLines } from "../text/remove-statements.ts";
import type { StepReport } from "../step/step.ts";

interface PlannedImport {
  readonly form: PackageForm;
  defaultName: string | undefined;
  readonly names: Set<string>;
  readonly leading: string[];
  trailing: string | undefined;
}

/** Collects what is imported, package by package, and writes it in the place of the `require` calls. */
export class ImportPlan {
  readonly #model: Model;
  readonly #report: StepReport;
  readonly #newNames: NewNames;
  readonly #told: ReadonlySet<string>;
  readonly #imports = new Map<string, PlannedImport>();
  readonly #removed = new Map<ESTree.VariableDeclarator, PlannedImport>();

  /** @param told names of V1's toolbelt that an earlier step has converted, or has given the reason against */
  constructor(model: Model, report: StepReport, told: ReadonlySet<string>) {
    this.#model = model;
    this.#report = report;
    this.#told = told;
    this.#newNames = new NewNames(model);
  }

  /** Plans the import for one `require`, or refuses the file. */
  add(use: ModuleUse, form: PackageForm): void {
    const planned = this.#planned(form);
    const { whole } = use;
    const names =
      form.member !== undefined && whole !== undefined ? [{ imported: form.member, local: whole }] : use.names;
    if (names !== undefined && form.names !== undefined && !this.#needsDefault(use, names, form)) {
      this.#addNames(use, names, form, planned);
    } else if (form.hasDefault && (names === undefined || form.member === undefined)) {
      this.#addDefault(use, planned);
    } else {
      this.#addMembers(use, planned);
    }
  }

  /** Writes the imports, and takes away the declarations which they replace. */
  write(): void {
    const { edits } = this.#report;
    const { text } = this.#model;
    const offset = importOffset(this.#model);
    this.#removeDeclarations(offset);
    const lines = [...this.#imports.values()].map((planned): ImportLine => ({
      source: planned.form.modern,
      rank: planned.form.rank,
      defaultName: planned.defaultName,
      names: [...planned.names],
      leading: planned.leading,
      trailing: planned.trailing,
    }));
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
      form.member === undefined &&
      names.some(
        ({ imported, local }) =>
          form.names?.has(imported) !== true ||
          this.#clashOf(local, imported) !== undefined ||
          !isPlain(this.#model, use, local),
      )
    );
  }

  #addNames(use: ModuleUse, names: readonly ImportedName[], form: PackageForm, planned: PlannedImport): void {
    for (const { imported, local } of names) {
      const isRead = (this.#model.variableOf(local)?.references.length ?? 0) > 1;
      if (form.names?.has(imported) === true) {
        const clash = this.#clashOf(local, imported);
        if (clash !== undefined) {
          this.#refuseClash(local, imported, clash);
        } else if (!isPlain(this.#model, use, local)) {
          this.#report.refuse("import-name-clash", local, { name: imported, where: " that gets new values" });
        }
        planned.names.add(imported);
      } else if (isRead) {
        this.#refuseUnknown(local, imported, form);
      }
    }
    this.#removeDeclaration(
      use,
      planned,
      names.filter(({ imported, local }) => imported !== local.name && form.names?.has(imported) === true),
    );
  }

  #addDefault(use: ModuleUse, planned: PlannedImport): void {
    const { whole } = use;
    const isFree = whole !== undefined && this.#clashOf(whole) === undefined && isPlain(this.#model, use, whole);
    if (isFree && (planned.defaultName ?? whole.name) === whole.name) {
      planned.defaultName = whole.name;
      this.#removeDeclaration(use, planned);
      return;
    }
    const { form } = planned;
    planned.defaultName ??= this.#newNames.take(form.localName ?? identifierFor(use.source));
    if (isHiddenFrom(this.#model, use.node, planned.defaultName)) {
      this.#refuseClash(use.node, planned.defaultName, undefined);
    }
    this.#report.edits.replace(rangeOf(use.node), planned.defaultName);
  }

  /** The names of a package without default are imported one by one, and `luxon.DateTime` becomes `DateTime`. */
  #addMembers(use: ModuleUse, planned: PlannedImport): void {
    const { whole } = use;
    const { form } = planned;
    const reads = directReads(this.#model, use);
    const later = laterNames(this.#model, use);
    const isHandedOn =
      reads.some(({ member }) => member === undefined) ||
      later.some(({ names }) => names?.some(({ imported }) => form.names?.has(imported) !== true));
    if (isHandedOn || use.names !== undefined || (whole !== undefined && !isPlain(this.#model, use, whole))) {
      this.#report.refuse("package-as-a-whole", use.node, { name: use.source, what: "is used as a whole" });
      return;
    }
    for (const read of reads) {
      this.#addMember(read, use.source, planned);
    }
    for (const taken of later) {
      this.#addNames(taken, taken.names ?? [], form, planned);
    }
    if (whole !== undefined) {
      this.#removeDeclaration(use, planned);
    }
  }

  #addMember({ member = "", node }: MemberRead, source: string, planned: PlannedImport): void {
    const { form } = planned;
    const clash = otherMeaning(this.#model, member, node);
    if (form.names?.has(member) !== true) {
      this.#refuseUnknown(node, member, form);
    } else if (clash !== undefined && !this.#isImportOf(clash, member, source)) {
      this.#refuseClash(node, member, clash);
    }
    planned.names.add(member);
    this.#report.edits.replace(rangeOf(node), member);
  }

  /** What another version lacks, and what another step looks after, has been told already. */
  #refuseUnknown(place: Node, name: string, { modern, difference }: PackageForm): void {
    const isTold = difference !== undefined || (modern === modernToolbelt && this.#told.has(name));
    if (!isTold) {
      this.#report.refuse("unknown-export", place, { name, source: modern });
    }
  }

  #refuseClash(place: Node, name: string, clash: Node | undefined): void {
    const line = clash === undefined ? undefined : this.#model.placeOf(rangeOf(clash)[0]).line;
    this.#report.refuse("import-name-clash", place, {
      name,
      where: line === undefined ? "" : ` (line ${String(line)})`,
    });
  }

  /** What else the name means at module level, around the declaration that goes, or as a global. */
  #clashOf(local: ESTree.Identifier, name = local.name): Node | undefined {
    const own = this.#model.variableOf(local);
    const clash = own === undefined ? undefined : otherMeaning(this.#model, name, own.scope, own);
    const { source } = findModuleUses(this.#model).find((use) => binds(use, local)) ?? {};
    return clash === undefined || this.#isImportOf(clash, name, source) ? undefined : clash;
  }

  /** True when the other declaration of the name takes the same from the same package, and goes as well. */
  #isImportOf(clash: Node, name: string, source: string | undefined): boolean {
    return findModuleUses(this.#model).some((use) => {
      const local = [use.whole, ...(use.names ?? []).map((taken) => taken.local)].find((bound) => bound === clash);
      const isSame = use.names?.some((taken) => taken.local === clash && taken.imported === name) ?? true;
      return use.source === source && isSame && local !== undefined && isPlain(this.#model, use, local);
    });
  }

  /** The declaration goes with its comments; names that were given locally stay, as constants. */
  #removeDeclaration(use: ModuleUse, planned: PlannedImport, renamed: readonly ImportedName[] = []): void {
    const { declarator } = use;
    const declaration = declarator === undefined ? null : this.#model.parentOf(declarator);
    if (declarator === undefined || declaration?.type !== "VariableDeclaration") {
      return;
    }
    if (renamed.length > 0) {
      const constants = renamed.map(({ imported, local }) => `${local.name} = ${imported}`);
      this.#report.edits.replace(rangeOf(declarator), constants.join(", "));
      return;
    }
    this.#removed.set(declarator, planned);
  }

  #takeComments(declaration: ESTree.VariableDeclaration, planned: PlannedImport): void {
    const { leading, trailing } = attachedComments(this.#model, declaration, importOffset(this.#model));
    const indent = indentAt(this.#model.text, rangeOf(declaration)[0]);
    const textOf = (range: Range): string => this.#model.text.slice(...range).replaceAll(`\n${indent}`, "\n");
    planned.leading.push(...leading.map(textOf));
    if (trailing !== undefined) {
      if (planned.trailing === undefined) {
        planned.trailing = textOf(trailing);
      } else {
        planned.leading.push(textOf(trailing));
      }
    }
  }

  #removeDeclarations(offset: number): void {
    const statements = new Set([...this.#removed.keys()].map((declarator) => this.#model.parentOf(declarator)));
    const whole: Range[] = [];
    for (const statement of statements) {
      if (statement?.type !== "VariableDeclaration") {
        continue;
      }
      const { declarations } = statement;
      const planned = declarations[0] === undefined ? undefined : this.#removed.get(declarations[0]);
      if (planned !== undefined && declarations.every((declarator) => this.#removed.has(declarator))) {
        this.#takeComments(statement, planned);
        whole.push(rangeWithComments(this.#model, statement, offset));
      } else {
        const indexes = declarations.flatMap((declarator, index) => (this.#removed.has(declarator) ? [index] : []));
        removeItems(this.#model, this.#report.edits, declarations.map(rangeOf), new Set(indexes));
      }
    }
    removeLines(this.#model, this.#report.edits, whole);
  }
}

function binds(use: ModuleUse, local: ESTree.Identifier): boolean {
  return use.whole === local || use.names?.some((taken) => taken.local === local) === true;
}
