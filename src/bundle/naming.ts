import type { Model } from "../analysis/code/model.ts";
import type { Entity, Linked, Place } from "./link.ts";
import type { SourceModule } from "./modules.ts";
import { isNameRead, readsConstructorNames } from "./shown-names.ts";

/** Words that can't be names at module level, or mean something there. */
const RESERVED = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield " +
    "require module exports __filename __dirname"
  ).split(" "),
);

/** What a file means by its names, as far as it keeps others from having them. */
interface Names {
  readonly globals: ReadonlySet<string>;
  /** Names of functions and blocks, which hide what stands around them. */
  readonly inner: ReadonlySet<string>;
  readonly places: readonly Place[];
}

/** Gives each entity a name that means it wherever it is used, and takes no other its meaning. */
export function nameEntities(linked: Linked, needed: ReadonlySet<Entity>): ReadonlyMap<Entity, string> {
  const files = linked.modules.map((module) => namesIn(linked, module));
  const given = new Map<Entity, string>();
  const taken = new Set<string>();
  const isFree = (entity: Entity, name: string): boolean =>
    !RESERVED.has(name) &&
    !taken.has(name) &&
    files.every(
      ({ globals, inner, places }) => !globals.has(name) && !(inner.has(name) && isRenamed(places, entity, name)),
    );
  const ordered = [...needed].toSorted((a, b) => Number(b.home.isEntry) - Number(a.home.isEntry));
  for (const entity of ordered) {
    const [first = "value"] = entity.wanted.filter((name) => !RESERVED.has(name));
    let name = entity.wanted.find((wanted) => isFree(entity, wanted));
    for (let count = 2; name === undefined; count += 1) {
      const candidate = `${first}${String(count)}`;
      if (isFree(entity, candidate)) name = candidate;
    }
    given.set(entity, name);
    taken.add(name);
  }
  return given;
}

/** Whether a place of a file would have to be rewritten to a name: then nothing around it may hide that. */
function isRenamed(places: readonly Place[], entity: Entity, name: string): boolean {
  return places.some(
    (place) => place.entity === entity && !(place.node.type === "Identifier" && place.node.name === name),
  );
}

function namesIn(linked: Linked, module: SourceModule): Names {
  const { scopeManager }: Model = module.model;
  const through = scopeManager.globalScope?.through ?? [];
  const others = scopeManager.scopes
    .flatMap(({ variables }) => variables)
    .filter((variable) => variable.defs.length > 0 && !linked.variables.has(variable));
  return {
    globals: new Set(through.map(({ identifier }) => identifier.name)),
    inner: new Set(others.map(({ name }) => name)),
    places: linked.places.get(module) ?? [],
  };
}

/** A place that means something whose name is read, and the file of that place. */
interface ReadName extends Place {
  readonly module: SourceModule;
}

/** Names of functions and classes that are read where these get other ones: `send.name`, `this.constructor.name`. */
export function readNames(linked: Linked, names: ReadonlyMap<Entity, string>): ReadName[] {
  const isOfConstructors = linked.modules.some(({ model }) => readsConstructorNames(model));
  return [...linked.places].flatMap(([module, places]) =>
    places.flatMap(({ node, entity }) => {
      const { model } = module;
      const name = names.get(entity);
      if (name === undefined || entity.shown === undefined || name === entity.shown.name) return [];
      const isMade = entity.shown.isClass || model.parentOf(node)?.type === "NewExpression";
      return isNameRead(model, node) || (isOfConstructors && isMade) ? [{ module, node, entity }] : [];
    }),
  );
}
