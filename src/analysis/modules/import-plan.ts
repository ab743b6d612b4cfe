import type * as ESTree from "estree";
import type { Node } from "../code/tree.ts";
import { rangeOf } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import type { PackageForm } from "../../platform/packages.ts";
import type { ReasonId } from "../../platform/remarks.ts";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import { identifierFor, isHiddenFrom, isPlain, otherMeaning } from "./import-names.ts";
import { directReads, laterNames } from "./package-changes.ts";
import type { MemberRead } from "./package-changes.ts";
import { findModuleUses } from "./uses.ts";
import type { ImportedName, ModuleUse } from "./uses.ts";

/** What is imported from one package, and the declarations in whose place it stands. */
export interface PlannedImport {
  readonly form: PackageForm;
  readonly defaultName: string | undefined;
  readonly names: ReadonlySet<string>;
  readonly declarators: readonly ESTree.VariableDeclarator[];
}

/** An expression, or a declarator, that gets another text when the imports stand. */
export interface Renaming {
  readonly node: Node;
  readonly text: string;
}

interface Collected {
  readonly form: PackageForm;
  defaultName: string | undefined;
  readonly names: Set<string>;
  readonly declarators: ESTree.VariableDeclarator[];
}

/** Decides package by package what is imported in place of the `require` calls, and by which names. */
export class ImportPlan {
  readonly #model: Model;
  readonly #newName: (wanted: string) => string;
  readonly #told: ReadonlySet<string>;
  readonly #imports = new Map<string, Collected>();
  readonly #renamings: Renaming[] = [];
  readonly #problems: Problem[] = [];

  /**
   * @param newName gives a name that the file does not use yet, each one once
   * @param told names of V1's toolbelt that an earlier step has converted, or has given the reason against
   */
  constructor(model: Model, newName: (wanted: string) => string, told: ReadonlySet<string>) {
    this.#model = model;
    this.#newName = newName;
    this.#told = told;
  }

  get imports(): readonly PlannedImport[] {
    return [...this.#imports.values()];
  }

  get renamings(): readonly Renaming[] {
    return this.#renamings;
  }

  /** Plans the import for one `require`, and gives what keeps the file as it is. */
  add(use: ModuleUse, form: PackageForm): readonly Problem[] {
    const known = this.#problems.length;
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
    return this.#problems.slice(known);
  }

  #planned(form: PackageForm): Collected {
    const known = this.#imports.get(form.modern);
    if (known !== undefined) {
      return known;
    }
    const planned: Collected = { form, defaultName: undefined, names: new Set(), declarators: [] };
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

  #addNames(use: ModuleUse, names: readonly ImportedName[], form: PackageForm, planned: Collected): void {
    for (const { imported, local } of names) {
      const isRead = (this.#model.variableOf(local)?.references.length ?? 0) > 1;
      if (form.names?.has(imported) === true) {
        const clash = this.#clashOf(local, imported);
        if (clash !== undefined) {
          this.#refuseClash(local, imported, clash);
        } else if (!isPlain(this.#model, use, local)) {
          this.#refuse("import-name-clash", local, { name: imported, where: " that gets new values" });
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

  #addDefault(use: ModuleUse, planned: Collected): void {
    const { whole } = use;
    const isFree = whole !== undefined && this.#clashOf(whole) === undefined && isPlain(this.#model, use, whole);
    if (isFree && (planned.defaultName ?? whole.name) === whole.name) {
      planned.defaultName = whole.name;
      this.#removeDeclaration(use, planned);
      return;
    }
    const { form } = planned;
    planned.defaultName ??= this.#newName(form.localName ?? identifierFor(use.source));
    if (isHiddenFrom(this.#model, use.node, planned.defaultName)) {
      this.#refuseClash(use.node, planned.defaultName, undefined);
    }
    this.#renamings.push({ node: use.node, text: planned.defaultName });
  }

  /** The names of a package without default are imported one by one, and `luxon.DateTime` becomes `DateTime`. */
  #addMembers(use: ModuleUse, planned: Collected): void {
    const { whole } = use;
    const { form } = planned;
    const reads = directReads(this.#model, use);
    const later = laterNames(this.#model, use);
    const isHandedOn =
      reads.some(({ member }) => member === undefined) ||
      later.some(({ names }) => names?.some(({ imported }) => form.names?.has(imported) !== true));
    if (isHandedOn || use.names !== undefined || (whole !== undefined && !isPlain(this.#model, use, whole))) {
      this.#refuse("package-as-a-whole", use.node, { name: use.source, what: "is used as a whole" });
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

  #addMember({ member = "", node }: MemberRead, source: string, planned: Collected): void {
    const { form } = planned;
    const clash = otherMeaning(this.#model, member, node);
    if (form.names?.has(member) !== true) {
      this.#refuseUnknown(node, member, form);
    } else if (clash !== undefined && !this.#isImportOf(clash, member, source)) {
      this.#refuseClash(node, member, clash);
    }
    planned.names.add(member);
    this.#renamings.push({ node, text: member });
  }

  /** What another version lacks, and what another step looks after, has been told already. */
  #refuseUnknown(place: Node, name: string, { modern, difference }: PackageForm): void {
    const isTold = difference !== undefined || (modern === modernToolbelt && this.#told.has(name));
    if (!isTold) {
      this.#refuse("unknown-export", place, { name, source: modern });
    }
  }

  #refuse(id: ReasonId, node: Node, data: Readonly<Record<string, string>>): void {
    this.#problems.push({ id, node, data });
  }

  #refuseClash(place: Node, name: string, clash: Node | undefined): void {
    const line = clash === undefined ? undefined : this.#model.placeOf(rangeOf(clash)[0]).line;
    this.#refuse("import-name-clash", place, {
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

  /** The declaration goes; names that were given locally stay, as constants. */
  #removeDeclaration(use: ModuleUse, planned: Collected, renamed: readonly ImportedName[] = []): void {
    const { declarator } = use;
    if (declarator === undefined || this.#model.parentOf(declarator)?.type !== "VariableDeclaration") {
      return;
    }
    if (renamed.length > 0) {
      const constants = renamed.map(({ imported, local }) => `${local.name} = ${imported}`);
      this.#renamings.push({ node: declarator, text: constants.join(", ") });
    } else {
      planned.declarators.push(declarator);
    }
  }
}

function binds(use: ModuleUse, local: ESTree.Identifier): boolean {
  return use.whole === local || use.names?.some((taken) => taken.local === local) === true;
}
