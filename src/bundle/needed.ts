import type * as ESTree from "estree";
import { readsOf } from "../analysis/code/bindings.ts";
import { isPure } from "../analysis/code/effects.ts";
import type { Model } from "../analysis/code/model.ts";
import { isFunction, isInside } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import { isRequireCall } from "../analysis/code/names.ts";
import { creationsOf } from "../analysis/toolbelt/client-calls.ts";
import { isLocalSource } from "../analysis/code/local-files.ts";
import { findModuleUses } from "../analysis/modules/uses.ts";
import type { NamedExport } from "./exports-form.ts";
import type { Entity, Linked } from "./link.ts";
import type { SourceModule } from "./modules.ts";

/** A part of a file that is taken over or left out: a statement, or one of the exports in it. */
interface Part {
  readonly module: SourceModule;
  readonly node: Node;
  readonly provides: readonly Entity[];
  readonly needs: readonly Entity[];
  /** Nobody notices whether it is there, as long as nobody needs what it provides. */
  readonly isQuiet: boolean;
}

/** What a function needs of the files that it loads. */
export interface Needed {
  /** Statements and exports that are taken over, of all files but the function's own. */
  readonly nodes: ReadonlySet<Node>;
  readonly entities: ReadonlySet<Entity>;
}

/** What is written, and under which names. */
export interface Plan {
  readonly linked: Linked;
  readonly needed: Needed;
  readonly names: ReadonlyMap<Entity, string>;
  /** Whether the whole is strict; else no directive says so any more. */
  readonly isStrict: boolean;
}

/** Finds what a function uses of the files that it loads, and what these do while they are loaded. */
export function findNeeded(linked: Linked): Needed {
  const parts = linked.modules.flatMap((module) => partsOf(linked, module));
  const providers = new Map<Entity, Part[]>();
  for (const part of parts) {
    for (const entity of part.provides) providers.set(entity, [...(providers.get(entity) ?? []), part]);
  }
  const nodes = new Set<Node>();
  const entities = new Set<Entity>();
  const take = (part: Part): void => {
    if (nodes.has(part.node)) return;
    nodes.add(part.node);
    for (const entity of [...part.needs, ...part.provides]) {
      if (entities.has(entity)) continue;
      entities.add(entity);
      for (const provider of providers.get(entity) ?? []) take(provider);
    }
  };
  for (const part of parts) if (part.module.isEntry || !part.isQuiet) take(part);
  return { nodes, entities };
}

/** Whether loading a file, and all that it loads, does nothing that anyone could notice. */
export function isQuietModule(linked: Linked, module: SourceModule): boolean {
  const isOwnQuiet = partsOf(linked, module).every(({ isQuiet }) => isQuiet);
  return isOwnQuiet && module.requires.every(({ target }) => isQuietModule(linked, target));
}

function partsOf(linked: Linked, module: SourceModule): Part[] {
  const { model } = module;
  const places = linked.places.get(module) ?? [];
  const gone = goneWith(linked, module);
  const exports = exportParts(linked, module);
  const needsOf = (node: Node): Entity[] =>
    places.filter((place) => isInside(place.node, node)).map(({ entity }) => entity);
  const statements = model.program.body
    .filter((statement) => !gone.has(statement) && !exports.some((found) => found.statement === statement))
    .map((statement): Part => {
      const needs = needsOf(statement);
      return {
        module,
        node: statement,
        provides: [...declaredBy(linked, module, statement), ...objectIn(linked, module, statement)],
        needs,
        isQuiet: isQuiet(model, statement) || isQuietExport(linked, module, statement),
      };
    });
  const exported = exports.map(({ name, value }): Part => {
    const entity = linked.exported.get(module)?.get(name);
    return {
      module,
      node: value,
      provides: entity === undefined ? [] : [entity],
      needs: needsOf(value),
      isQuiet: isQuietValue(model, value),
    };
  });
  return [...statements, ...exported];
}

/** The exports that get a variable of their own; those of a name that has one need no statement. */
export function exportParts(linked: Linked, module: SourceModule): readonly NamedExport[] {
  const isNamed = linked.exported.has(module);
  return isNamed ? [...(linked.forms.get(module)?.names?.values() ?? [])] : [];
}

/** Statements that are gone once the files are one: what loads another file, directives, imports that are there already. */
export function goneWith(linked: Linked, module: SourceModule): ReadonlySet<Node> {
  const uses = linked.uses.get(module) ?? [];
  const loads = uses.flatMap(({ declaration, target, names }) => {
    const isKept = names.some(({ imported }) => imported !== undefined) && !linked.exported.has(target);
    return declaration === undefined || isKept ? [] : [declaration];
  });
  const doubled = (linked.shared.get(module) ?? []).filter(({ left }) => left.length === 0);
  const directives = module.model.program.body.filter((statement) => "directive" in statement);
  return new Set<Node>([
    ...loads,
    ...doubled.map(({ declaration }) => declaration),
    ...(module.isEntry ? [] : directives),
  ]);
}

function declaredBy(linked: Linked, { model }: SourceModule, statement: Node): Entity[] {
  const places = model.scopeManager.getDeclaredVariables(statement);
  const inner =
    statement.type === "VariableDeclaration"
      ? statement.declarations.flatMap((declarator) => model.scopeManager.getDeclaredVariables(declarator))
      : [];
  return [...places, ...inner].flatMap((variable) => linked.variables.get(variable) ?? []);
}

/** A statement that fills the object that stands for the exports gives it, like that which makes it. */
function objectIn(linked: Linked, module: SourceModule, statement: Node): Entity[] {
  const object = linked.objects.get(module);
  const form = linked.forms.get(module);
  const isIn = form?.whole?.statement === statement || form?.roots.some((root) => isInside(root, statement)) === true;
  return object !== undefined && isIn && statement.type === "ExpressionStatement" ? [object] : [];
}

/** `module.exports = value` and `exports.name = value` with a value that does nothing. */
function isQuietExport(linked: Linked, module: SourceModule, statement: Node): boolean {
  const { model } = module;
  const assignment = statement.type === "ExpressionStatement" ? statement.expression : undefined;
  if (assignment?.type !== "AssignmentExpression" || assignment.operator !== "=") return false;
  const form = linked.forms.get(module);
  const { left, right } = assignment;
  const isWhole = form?.whole?.statement === statement;
  const isMember = left.type === "MemberExpression" && !left.computed && form?.roots.includes(left.object) === true;
  return (isWhole || isMember) && isQuietValue(model, right);
}

function isQuiet(model: Model, statement: Node): boolean {
  switch (statement.type) {
    case "EmptyStatement":
    case "FunctionDeclaration":
      return true;
    case "ClassDeclaration":
      return isQuietClass(model, statement);
    case "ExpressionStatement":
      return isPure(model, statement.expression);
    case "VariableDeclaration":
      return (
        statement.declarations.every(
          ({ id, init }) =>
            !init || (id.type === "Identifier" ? isQuietValue(model, init) : isRequireCall(model, init)),
        ) && !isThereForItsEffect(model, statement)
      );
    default:
      return false;
  }
}

/** A package that nobody reads: it may have been loaded for what it does then. */
function isThereForItsEffect(model: Model, statement: Node): boolean {
  const uses = findModuleUses(model).filter(({ node, source }) => isInside(node, statement) && !isLocalSource(source));
  const locals = uses.flatMap(({ whole, names }) => [
    ...(whole ? [whole] : []),
    ...(names ?? []).map(({ local }) => local),
  ]);
  return (
    uses.length > 0 &&
    locals.every((local) => {
      const variable = model.variableOf(local);
      return variable === undefined || readsOf(variable).length === 0;
    })
  );
}

/** A value that comes to be without anyone noticing: plain values, functions, clients of the toolbelt, what is loaded. */
function isQuietValue(model: Model, value: Node): boolean {
  if (isPure(model, value) || isRequireCall(model, value) || isFunction(value)) return true;
  switch (value.type) {
    case "ClassExpression":
      return isQuietClass(model, value);
    case "MemberExpression":
      return !value.computed && isRequireCall(model, value.object);
    case "ObjectExpression":
      return value.properties.every(
        (property) => property.type === "Property" && !property.computed && isQuietValue(model, property.value),
      );
    case "CallExpression":
      return (
        creationsOf(model).some(({ call }) => call === value) && value.arguments.every((each) => isPure(model, each))
      );
    default:
      return false;
  }
}

function isQuietClass(model: Model, node: ESTree.Class): boolean {
  const isPlainParent = !node.superClass || node.superClass.type === "Identifier";
  return (
    isPlainParent &&
    node.body.body.every(
      (member) =>
        member.type !== "StaticBlock" &&
        !member.computed &&
        (member.type === "MethodDefinition" || !member.static || !member.value || isPure(model, member.value)),
    )
  );
}

/** Whether an export is written as a constant of its own. */
export function isDeclared({ held }: Linked, { nodes }: Needed, value: Node): boolean {
  return !held.has(value) && nodes.has(value);
}
