import type { Variable } from "eslint-scope";
import { isConstant } from "../analysis/code/bindings.ts";
import { isInside, rangeOf, staticName } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import { isPlain } from "../analysis/modules/import-names.ts";
import { findModuleUses } from "../analysis/modules/uses.ts";
import type { ModuleUse } from "../analysis/modules/uses.ts";
import { exportsFormOf, isCallee, isThisFree } from "./exports-form.ts";
import type { ExportsForm, NamedExport } from "./exports-form.ts";
import { isLocalSource } from "../analysis/code/local-files.ts";
import type { SourceModule } from "./modules.ts";
import { localUsesOf } from "./uses.ts";
import type { LocalUse } from "./uses.ts";
import { shownByVariable, shownName } from "./shown-names.ts";
import type { ShownName } from "./shown-names.ts";

/** Something at module level that has one name in the whole: a variable of a file, an export, the exports as an object. */
export interface Entity {
  readonly home: SourceModule;
  /** The name that it shows in its own file, where it shows what it is called. */
  readonly shown: ShownName | undefined;
  /** Names that it may get, the best first. */
  readonly wanted: string[];
}

/** A place that means an entity: a name, a member that is read off exports, a `require`. */
export interface Place {
  readonly node: Node;
  readonly entity: Entity;
}

/** A declaration that takes names from a package, of which other files have some already. */
export interface SharedImport {
  readonly declaration: Node;
  readonly use: ModuleUse;
  /** The names that it still has to give. */
  readonly left: readonly string[];
}

/** All files of a function, with what their names mean to each other. */
export interface Linked {
  /** In the order in which their code runs. */
  readonly modules: readonly SourceModule[];
  readonly forms: ReadonlyMap<SourceModule, ExportsForm>;
  readonly uses: ReadonlyMap<SourceModule, readonly LocalUse[]>;
  /** By file, in source order. */
  readonly places: ReadonlyMap<SourceModule, readonly Place[]>;
  /** What stands for the exports of a file that are known by name; absent where an object stands for them. */
  readonly exported: ReadonlyMap<SourceModule, ReadonlyMap<string, Entity>>;
  readonly objects: ReadonlyMap<SourceModule, Entity>;
  readonly variables: ReadonlyMap<Variable, Entity>;
  readonly shared: ReadonlyMap<SourceModule, readonly SharedImport[]>;
  /** Exported values that are entities already: a constant, an export of another file, all its exports. */
  readonly held: ReadonlySet<Node>;
}

/** Finds out what the names in files mean to each other. */
export function link(modules: readonly SourceModule[]): Linked {
  const uses = new Map(modules.map((module) => [module, localUsesOf(module)]));
  const linker = new Linker(modules, uses);
  return linker.link();
}

/** The variables at the top of a file. */
export function topVariables({ model }: SourceModule): Variable[] {
  return model.scopeManager.scopes
    .filter(({ block }) => block.type === "Program")
    .flatMap(({ variables }) => variables.filter(({ defs }) => defs.length > 0));
}

class Linker {
  readonly #modules: readonly SourceModule[];
  readonly #uses: ReadonlyMap<SourceModule, readonly LocalUse[]>;
  readonly #forms: ReadonlyMap<SourceModule, ExportsForm>;
  readonly #variables = new Map<Variable, Entity>();
  readonly #exported = new Map<SourceModule, ReadonlyMap<string, Entity>>();
  readonly #objects = new Map<SourceModule, Entity>();
  readonly #held = new Set<Node>();

  constructor(modules: readonly SourceModule[], uses: ReadonlyMap<SourceModule, readonly LocalUse[]>) {
    this.#modules = modules;
    this.#uses = uses;
    this.#forms = new Map(modules.map((module) => [module, exportsFormOf(module.model)]));
  }

  link(): Linked {
    const shared = this.#sharePackages();
    for (const module of this.#modules) {
      this.#useOthers(module);
      for (const variable of topVariables(module)) {
        if (!this.#variables.has(variable)) {
          this.#variables.set(variable, { home: module, shown: shownByVariable(variable), wanted: [variable.name] });
        }
      }
      if (!module.isEntry) this.#export(module);
    }
    const places = new Map(this.#modules.map((module) => [module, this.#placesIn(module)]));
    return {
      modules: this.#modules,
      forms: this.#forms,
      uses: this.#uses,
      places,
      exported: this.#exported,
      objects: this.#objects,
      variables: this.#variables,
      shared,
      held: this.#held,
    };
  }

  /** Lets the names of what is loaded mean what the other file has. */
  #useOthers(module: SourceModule): void {
    for (const { target, names } of this.#uses.get(module) ?? []) {
      const exported = this.#exported.get(target);
      for (const { imported, variable } of names) {
        const entity = imported === undefined ? this.#objects.get(target) : exported?.get(imported);
        if (entity !== undefined) {
          this.#variables.set(variable, entity);
          entity.wanted.push(variable.name);
        }
      }
    }
  }

  #export(module: SourceModule): void {
    const form = this.#forms.get(module);
    const names = form === undefined || !this.#isNamed(module, form) ? undefined : form.names;
    if (names === undefined) {
      const shown = form?.whole === undefined ? undefined : shownName(form.whole.value, "");
      this.#objects.set(module, { home: module, shown, wanted: this.#namesOfWhole(module) });
      return;
    }
    const entities = [...names.values()].map((found): [string, Entity] => [found.name, this.#entityOf(module, found)]);
    this.#exported.set(module, new Map(entities));
  }

  #entityOf(home: SourceModule, { name, value, variable, property }: NamedExport): Entity {
    const known = variable === undefined ? this.#loaded(home, value) : this.#variables.get(variable);
    if (known === undefined) return { home, shown: shownName(value, property ? name : ""), wanted: [name] };
    this.#held.add(value);
    known.wanted.push(name);
    return known;
  }

  /** What a value is that another file exports: `require("./lib").get`, `require("./lib")`. */
  #loaded(home: SourceModule, value: Node): Entity | undefined {
    const uses = this.#uses.get(home) ?? [];
    const whole = uses.find(({ call }) => call === value);
    if (whole !== undefined) return this.#objects.get(whole.target);
    const read = uses.flatMap(({ target, members }) => members.map((member) => ({ target, ...member })));
    const found = read.find(({ node }) => node === value);
    return found === undefined ? undefined : this.#exported.get(found.target)?.get(found.name);
  }

  /** How other files call what a file exports; the file's own name is the last resort. */
  #namesOfWhole(module: SourceModule): string[] {
    const users = [...this.#uses.values()].flat().filter(({ target }) => target === module);
    const own = users.flatMap(({ names }) =>
      names.flatMap(({ imported, variable }) => (imported === undefined ? [variable.name] : [])),
    );
    return [...own, nameOfFile(module.path)];
  }

  /** Whether variables can stand for all that others use of a file. */
  #isNamed({ model, ...module }: SourceModule, { names }: ExportsForm): boolean {
    const users = [...this.#uses.values()].flat().filter(({ target }) => target.path === module.path);
    return (
      names !== undefined &&
      users.every(
        ({ user, names: taken, members, needsObject }) =>
          !needsObject &&
          taken.every(({ imported }) => imported === undefined || names.has(imported)) &&
          members.every(({ name, node }) => {
            const found = names.get(name);
            return found !== undefined && (!isCallee(user.model, node) || isThisFree(model, found.value));
          }),
      )
    );
  }

  #placesIn(module: SourceModule): Place[] {
    const places: Place[] = [];
    const { model } = module;
    const add = (node: Node, entity: Entity | undefined): void => {
      if (entity !== undefined) places.push({ node, entity });
    };
    const uses = this.#uses.get(module) ?? [];
    for (const { target, declaration, names, members, call } of uses) {
      const exported = this.#exported.get(target);
      for (const { name, node } of members) add(node, exported?.get(name));
      const isNameless = exported === undefined && names.every(({ imported }) => imported !== undefined);
      if (isNameless && declaration?.type !== "ExpressionStatement") add(call, this.#objects.get(target));
    }
    const form = this.#forms.get(module);
    const exported = this.#exported.get(module);
    for (const read of exported === undefined ? [] : (form?.reads ?? [])) {
      add(read, exported?.get(staticName(read) ?? ""));
    }
    const object = this.#objects.get(module);
    if (object !== undefined) for (const root of form?.roots ?? []) add(root, object);
    const taken = places.map(({ node }) => node);
    for (const scope of model.scopeManager.scopes) {
      for (const { identifier, resolved } of scope.references) {
        const node = identifier as Node;
        const entity = resolved === null ? undefined : this.#variables.get(resolved);
        if (!taken.some((member) => isInside(node, member))) add(node, entity);
      }
    }
    const known = new Set(places.map(({ node }) => node));
    for (const [variable, entity] of this.#variables) {
      if (!model.scopeManager.scopes.includes(variable.scope)) continue;
      for (const identifier of variable.identifiers) if (!known.has(identifier)) add(identifier, entity);
    }
    return places.toSorted((a, b) => rangeOf(a.node)[0] - rangeOf(b.node)[0]);
  }

  /** Lets files that take the same from a package take it once. */
  #sharePackages(): Map<SourceModule, SharedImport[]> {
    const known = new Map<string, Entity>();
    const shared = new Map<SourceModule, SharedImport[]>();
    for (const { module, declaration, use } of importsInOrder(this.#modules)) {
      const taken = (use.names ?? []).map(({ imported, local }) => ({ key: `${use.source} ${imported}`, local }));
      const all = use.whole === undefined ? taken : [{ key: use.source, local: use.whole }];
      const left = all.flatMap(({ key, local }) => {
        const variable = module.model.variableOf(local);
        const entity = known.get(key);
        if (variable === undefined) return [];
        if (entity !== undefined && entity.home !== module) {
          this.#variables.set(variable, entity);
          entity.wanted.push(variable.name);
          return [];
        }
        const own = { home: module, shown: undefined, wanted: [variable.name] };
        known.set(key, entity ?? own);
        this.#variables.set(variable, own);
        return [local.name];
      });
      if (left.length < all.length) shared.set(module, [...(shared.get(module) ?? []), { declaration, use, left }]);
    }
    return shared;
  }
}

interface PackageImport {
  readonly module: SourceModule;
  readonly declaration: Node;
  readonly use: ModuleUse;
}

/** The declarations at module level that take names from packages, in the order in which they run. */
function importsInOrder(modules: readonly SourceModule[]): PackageImport[] {
  const seen = new Set<SourceModule>();
  const visit = (module: SourceModule): PackageImport[] => {
    if (seen.has(module)) return [];
    seen.add(module);
    const { model, requires } = module;
    return model.program.body.flatMap((statement) => [
      ...requires.filter(({ call }) => isInside(call, statement)).flatMap(({ target }) => visit(target)),
      ...packageImports(module, statement),
    ]);
  };
  return modules.filter(({ isEntry }) => isEntry).flatMap(visit);
}

function packageImports(module: SourceModule, statement: Node): PackageImport[] {
  const { model } = module;
  if (statement.type !== "VariableDeclaration" || statement.declarations.length !== 1) return [];
  const use = findModuleUses(model).find(({ declarator }) => declarator === statement.declarations[0]);
  const locals = use?.whole === undefined ? use?.names?.map(({ local }) => local) : [use.whole];
  const isConstants = locals?.every((local) => {
    const variable = model.variableOf(local);
    return use !== undefined && isPlain(model, use, local) && variable !== undefined && isConstant(variable);
  });
  return use === undefined || isConstants !== true || isLocalSource(use.source)
    ? []
    : [{ module, declaration: statement, use }];
}

/** `lib/price-list.js` gives `priceList`, and `lib/prices/index.js` gives `prices`. */
function nameOfFile(path: string): string {
  const steps = path.replace(/\.[^./]*$/u, "").split("/");
  const last = steps.at(-1) === "index" ? (steps.at(-2) ?? "index") : (steps.at(-1) ?? "");
  const words = last.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const name = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
  return /^\p{ID_Start}/u.test(name) ? name : `module${name}`;
}
