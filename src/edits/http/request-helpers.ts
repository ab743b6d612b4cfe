import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { appendFunctions } from "../text/append-functions.ts";
import type { EditList } from "../text/edit-list.ts";
import { writtenFunctions } from "../text/written-functions.ts";
import { helpers } from "./helper-texts.ts";
import type { Helper, HelperId } from "./helper.ts";

const ids = Object.keys(helpers) as HelperId[];

/** The name of a helper in the text of one. */
const NAME = /\$([a-z]\w*)/giu;

/** Function declarations at the top of the file that an earlier step wrote as helpers, and that nobody changed. */
function writtenHelpers(model: Model): Map<HelperId, ESTree.Node> {
  const written = new Map<HelperId, ESTree.Node>();
  for (const { node, name, text } of writtenFunctions(model)) {
    const id = ids.find((known) => known === name);
    const variants = id === "statusError" ? [helpers.statusError, helpers.fullStatusError] : id ? [helpers[id]] : [];
    if (id !== undefined && variants.some((helper) => functionText(helper) === text)) {
      written.set(id, node);
    }
  }
  return written;
}

/** A helper as it stands in a file in which all names were free, without the comment above it. */
function functionText({ text }: Helper): string {
  return text.replace(/^(?:\/\/.*\n)*/u, "").replaceAll(NAME, "$1");
}

/** True when the file names the `response` of an error somewhere, apart from the given functions. */
export function readsErrorResponse(model: Model, except: readonly ESTree.Node[] = []): boolean {
  const isOfUser = (node: ESTree.Node): boolean =>
    !except.some((outer) => rangeOf(node)[0] >= rangeOf(outer)[0] && rangeOf(node)[1] <= rangeOf(outer)[1]);
  const members = [...model.nodes("MemberExpression"), ...model.nodes("Property")];
  return members.some((node) => staticName(node) === "response" && isOfUser(node));
}

/** The helper functions that one file needs, under names which are free in it. */
export class RequestHelpers {
  readonly #model: Model;
  readonly #names = new Map<HelperId, string>();
  readonly #taken = new Set<string>();
  readonly #written: ReadonlyMap<HelperId, ESTree.Node>;

  readonly #made: Partial<Record<HelperId, Helper>>;

  /** @param made helpers whose texts depend on what the file needs */
  constructor(model: Model, made: Partial<Record<HelperId, Helper>> = {}) {
    this.#model = model;
    this.#written = writtenHelpers(model);
    this.#made = made;
  }

  /** A name that nothing in the file uses: the wanted one, or the first free of `wanted2`, `wanted3`… */
  freeName(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.isTaken(name); count += 1) {
      name = `${wanted}${String(count)}`;
    }
    this.#taken.add(name);
    return name;
  }

  isTaken(name: string): boolean {
    return this.#model.isNameTaken(name) || this.#taken.has(name);
  }

  /** Asks for a helper, and for those that it needs; gives the name under which it is called. */
  use(id: HelperId): string {
    const known = this.#names.get(id);
    if (known !== undefined) {
      return known;
    }
    if (this.#written.has(id)) {
      return id;
    }
    const name = this.freeName(id);
    this.#names.set(id, name);
    for (const needed of this.#helper(id).needs) {
      this.use(needed);
    }
    return name;
  }

  /** Writes the functions to the end of the file, in the file's line ending and indentation. */
  appendTo(edits: EditList): void {
    const texts = ids.filter((id) => this.#names.has(id)).map((id) => this.#textOf(id));
    appendFunctions(this.#model, texts, edits);
  }

  /** The error holds the whole response only where the file could look at it. */
  #helper(id: HelperId): Helper {
    return (
      this.#made[id] ??
      helpers[
        id === "statusError" && readsErrorResponse(this.#model, [...this.#written.values()]) ? "fullStatusError" : id
      ]
    );
  }

  #textOf(id: HelperId): string {
    return this.#helper(id).text.replaceAll(NAME, (_, name: string) => this.use(name as HelperId));
  }
}
