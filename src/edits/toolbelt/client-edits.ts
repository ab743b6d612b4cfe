import { variableNamed } from "../../analysis/code/names.ts";
import type { Variable } from "eslint-scope";
import { replaceName } from "../text/rename.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { findClientSites } from "../../analysis/toolbelt/client-sites.ts";
import type { ClientSite } from "../../analysis/toolbelt/client-sites.ts";
import type { Model } from "../../analysis/code/model.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf, reindentCode, statementRange } from "../text/layout.ts";
import { removeItems } from "../text/list-items.ts";
import { NewNames } from "../text/names.ts";
import { attachedComments, rangeWithComments, removeLines } from "../text/remove-statements.ts";

/** The clients of one kind that become one, in source order. */
interface Group {
  readonly sites: readonly ClientSite[];
  /** The constant of the module that is there already. */
  readonly existing: ClientSite | undefined;
  readonly name: string;
}

/** Creates each kind of the given clients once, in module scope; all of them must be free to move. */
export function hoistClients(model: Model, edits: EditList, moved: readonly ClientSite[]): void {
  const groups = groupsOf(model, moved);
  for (const { sites, name } of groups) {
    for (const site of sites) {
      useClient(model, edits, site, name);
    }
  }
  const gone = removeDeclarations(model, edits, moved);
  insertClients(model, edits, groups, gone);
}

function groupsOf(model: Model, moved: readonly ClientSite[]): Group[] {
  const names = new NewNames(model);
  const removed = new Set(moved.flatMap(({ creation }) => creation.variable ?? []));
  const given = new Set<string>();
  return [...grouped(moved, ({ kind }) => kind)].map(([kind, sites]) => {
    const places = sites.flatMap(placesOf);
    const existing = findClientSites(model).find(
      (site) =>
        site.form === "module" &&
        site.stay === undefined &&
        site.kind === kind &&
        isVisible(model, site.creation.variable, places, removed),
    );
    const own = sites.flatMap(({ creation }) => creation.variable?.name ?? []);
    const name =
      existing?.creation.variable?.name ??
      own.find((wanted) => !given.has(wanted) && isFreeFor(model, wanted, places, removed)) ??
      names.take(sites[0]?.platform.variable ?? "client");
    given.add(name);
    return { sites, existing, name };
  });
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Where the client is named once it is in module scope. */
function placesOf({ creation }: ClientSite): Node[] {
  return creation.variable === undefined ? [creation.call] : readsOf(creation.variable);
}

/** True when a name at all these places means the variable of the module, once `removed` are gone. */
function isVisible(
  model: Model,
  variable: Variable | undefined,
  places: readonly Node[],
  removed: ReadonlySet<Variable>,
): boolean {
  return (
    variable !== undefined && places.every((place) => variableNamed(model, variable.name, place, removed) === variable)
  );
}

/** True when a name means nothing at module level, nor at any of these places, once `removed` are gone. */
function isFreeFor(model: Model, name: string, places: readonly Node[], removed: ReadonlySet<Variable>): boolean {
  const through = model.unresolved;
  return (
    !through.some(({ identifier }) => identifier.name === name) &&
    [model.program, ...places].every((place) => variableNamed(model, name, place, removed) === undefined)
  );
}

function useClient(model: Model, edits: EditList, { creation }: ClientSite, name: string): void {
  const { variable, call } = creation;
  if (variable === undefined) {
    edits.replace(rangeOf(call), name);
  } else if (variable.name !== name) {
    for (const read of readsOf(variable)) replaceName(model, edits, read, name);
  }
}

/** The declarations of the moved clients: whole statements where no other variable is declared by them. */
function removeDeclarations(model: Model, edits: EditList, moved: readonly ClientSite[]): Map<ClientSite, Node> {
  const bySite = grouped(
    moved.filter(({ creation }) => creation.declarator !== undefined),
    ({ creation }) => (creation.declarator === undefined ? null : model.parentOf(creation.declarator)),
  );
  const whole = new Map<ClientSite, Node>();
  for (const [declaration, sites] of bySite) {
    const list: readonly Node[] = declaration?.type === "VariableDeclaration" ? declaration.declarations : [];
    const [first] = sites;
    if (declaration !== null && first !== undefined && list.length === sites.length) {
      whole.set(first, declaration);
    } else {
      const removed = new Set<Node | undefined>(sites.map(({ creation }) => creation.declarator));
      const indexes = list.flatMap((declarator, index) => (removed.has(declarator) ? [index] : []));
      removeItems(model, edits, list.map(rangeOf), new Set(indexes));
    }
  }
  removeLines(
    model,
    edits,
    [...whole.values()].map((statement) => rangeWithComments(model, statement)),
  );
  return whole;
}

/** Writes the clients; the comments of the statements that are `gone` come along. */
function insertClients(
  model: Model,
  edits: EditList,
  groups: readonly Group[],
  gone: ReadonlyMap<ClientSite, Node>,
): void {
  const { text } = model;
  const newline = lineEndingOf(text);
  const created = groups.filter(({ existing }) => existing === undefined);
  for (const [anchor, group] of grouped(created, ({ sites }) => anchorOf(sites))) {
    const end = rangeWithComments(model, anchor)[1];
    const rest = text.slice(end);
    const block = group.flatMap((client) => linesOf(model, client, gone)).join(newline);
    // Without a semicolon the next statement would go on with the declaration.
    const guard = /[^;\n]$/u.test(block) && /^\s*(?:[([`+-]|\/(?![/*]))/u.test(rest) ? ";" : "";
    const gap = /^(?:\r?\n[\t ]*(?:\r?\n|$)|$)/u.test(rest) ? "" : newline;
    edits.insert(end, newline + newline + block + guard + gap);
  }
  for (const { existing, sites } of groups) {
    const statement = existing?.creation.declarator === undefined ? null : model.parentOf(existing.creation.declarator);
    if (statement !== null) {
      const known = commentsOf(model, statement);
      const comments = new Set(sites.flatMap((site) => commentsOf(model, gone.get(site))));
      const further = [...comments].filter((comment) => !known.includes(comment));
      edits.insert(rangeOf(statement)[0], further.map((comment) => comment + newline).join(""));
    }
  }
}

/** The last of the statements behind which the clients of a group may stand. */
function anchorOf(sites: readonly ClientSite[]): Node {
  const anchors = sites.flatMap(({ anchor }) => anchor ?? []).toSorted((a, b) => rangeOf(b)[0] - rangeOf(a)[0]);
  const [last] = anchors;
  if (last === undefined) {
    throw new Error("A client that must stay was to be moved.");
  }
  return last;
}

/** The client as it is declared first, below the comments of all its declarations; those that say the same once. */
function linesOf(model: Model, { sites, name }: Group, gone: ReadonlyMap<ClientSite, Node>): string[] {
  const [first, ...others] = sites.filter((site) => gone.has(site));
  const statement = first === undefined ? undefined : gone.get(first);
  const { leading, trailing } =
    statement === undefined ? { leading: [], trailing: undefined } : attachedComments(model, statement);
  const behind = trailing === undefined ? undefined : outdented(model, trailing);
  const own = leading.map((range) => outdented(model, range));
  const more = others.flatMap((site) => commentsOf(model, gone.get(site)));
  const further = new Set(more.filter((comment) => comment !== behind && !own.includes(comment)));
  const declaration = declarationText(model, first?.form === "declaration" ? first : sites[0], statement, name);
  return [...own, ...further, behind === undefined ? declaration : `${declaration} ${behind}`];
}

/** The user's own declaration where it declares the client alone, else a new one. */
function declarationText(
  model: Model,
  site: ClientSite | undefined,
  statement: Node | undefined,
  name: string,
): string {
  if (site?.form !== "declaration" || site.creation.declarator === undefined || statement === undefined) {
    return site === undefined ? "" : `const ${name} = ${outdented(model, rangeOf(site.creation.call))};`;
  }
  const { text } = model;
  const [start, end] = statementRange(model, statement);
  const [nameStart, nameEnd] = rangeOf(site.creation.declarator.id);
  const head = text.slice(start, nameStart).replace(/^(?:let|var)\b/u, "const");
  return reindentCode(head + name + text.slice(nameEnd, end), indentAt(text, start), "");
}

function commentsOf(model: Model, statement: Node | undefined): string[] {
  if (statement === undefined) {
    return [];
  }
  const { leading, trailing } = attachedComments(model, statement);
  return [...leading, ...(trailing === undefined ? [] : [trailing])].map((range) => outdented(model, range));
}

function outdented(model: Model, [start, end]: Range): string {
  return model.text.slice(start, end).replaceAll(`\n${indentAt(model.text, start)}`, "\n");
}
