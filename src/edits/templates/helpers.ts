import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { perModel } from "../../analysis/code/per-model.ts";
import { appendFunctions } from "../text/append-functions.ts";
import type { EditList } from "../text/edit-list.ts";
import { NewNames } from "../text/names.ts";
import { writtenFunctions } from "../text/written-functions.ts";
import type { WrittenFunction } from "../text/written-functions.ts";
import { specialize } from "./specialize.ts";
import { templateIds, templateOf } from "./templates.ts";
import type { Template } from "./templates.ts";
import type { Fact, TemplateId } from "./texts.ts";

/** Templates that are written under the name of another one, in whose place they stand where a file needs more or less. */
const FORMS: ReadonlyMap<TemplateId, TemplateId> = new Map([
  ["fullStatusError", "statusError"],
  ["jsonOption", "requestBody"],
]);

/** What a file needs of its helpers. */
export interface HelperNeeds {
  readonly facts?: ReadonlySet<Fact>;
  /** Templates that stand in the place of those whose names they get. */
  readonly forms?: readonly TemplateId[];
}

const NO_FACTS: ReadonlySet<Fact> = new Set();

/** The name that a template gets where it is free. */
function plainName(id: TemplateId): TemplateId {
  return FORMS.get(id) ?? id;
}

/** True for a function that is a template as it was written once, under a name that may have a number. */
function isTemplate({ name, text }: WrittenFunction, id: TemplateId, facts: ReadonlySet<Fact>): boolean {
  const own = plainName(id);
  if (!name.startsWith(own) || !/^\d*$/u.test(name.slice(own.length))) {
    return false;
  }
  const template = templateOf(id);
  const nameOf = (other: TemplateId): string => (plainName(other) === own ? name : plainName(other));
  // One that holds less than is needed now would not do.
  const needed = name === own && facts.size === 0 ? wholeText(template) : specialize(template, facts, nameOf);
  return needed === template.comment + text();
}

/** A template as it is written where all names are free, made once. */
const wholeTexts = new WeakMap<Template, string>();

function wholeText(template: Template): string {
  const known = wholeTexts.get(template);
  const text = known ?? specialize(template, NO_FACTS, plainName);
  if (known === undefined) {
    wholeTexts.set(template, text);
  }
  return text;
}

const functionsOf = perModel(writtenFunctions);

/** Helpers that an earlier step, or an earlier run, wrote into a file, and that nobody changed. */
function findHelpers(model: Model, facts: ReadonlySet<Fact>): ReadonlyMap<TemplateId, WrittenFunction> {
  const found = functionsOf(model).flatMap((written) => {
    const id = templateIds().find((each) => isTemplate(written, each, facts));
    return id === undefined ? [] : [[plainName(id), written] as const];
  });
  return new Map(found);
}

/** The helper functions that one file needs, under names which are free in it. */
export class Helpers {
  readonly #model: Model;
  readonly #free: NewNames;
  readonly #facts: ReadonlySet<Fact>;
  readonly #forms: ReadonlyMap<TemplateId, TemplateId>;
  readonly #names = new Map<TemplateId, string>();
  /** What is written to the end of the file. */
  readonly #texts = new Map<TemplateId, string>();
  readonly #written: ReadonlyMap<TemplateId, WrittenFunction>;

  constructor(model: Model, { facts = NO_FACTS, forms = [] }: HelperNeeds = {}) {
    this.#model = model;
    this.#free = new NewNames(model);
    this.#facts = facts;
    this.#forms = new Map(forms.map((id) => [plainName(id), id]));
    this.#written = findHelpers(model, facts);
  }

  /** A name that nothing in the file uses: the wanted one, or the first free of `wanted2`, `wanted3`… */
  freeName(wanted: string): string {
    return this.#free.take(wanted);
  }

  isTaken(name: string): boolean {
    return this.#free.isTaken(name);
  }

  /** True for code in a helper that the file has already. */
  isInside(node: Node): boolean {
    const [start, end] = rangeOf(node);
    return [...this.#written.values()].some((written) => {
      const [from, to] = rangeOf(written.node);
      return start >= from && end <= to;
    });
  }

  /** Asks for a helper, and for those that it calls; gives the name under which it is called. */
  use(id: TemplateId): string {
    const known = this.#names.get(id) ?? this.#written.get(id)?.name;
    if (known !== undefined) {
      return known;
    }
    const name = this.freeName(id);
    this.#names.set(id, name);
    this.#texts.set(id, this.#textOf(id));
    return name;
  }

  /** Writes the functions to the end of the file, in the file's line ending and indentation. */
  appendTo(edits: EditList): void {
    const texts = templateIds().flatMap((id) => this.#texts.get(id) ?? []);
    appendFunctions(this.#model, texts, edits);
  }

  #textOf(id: TemplateId): string {
    const template = templateOf(this.#forms.get(id) ?? id);
    return specialize(template, this.#facts, (other) => this.use(plainName(other)));
  }
}
