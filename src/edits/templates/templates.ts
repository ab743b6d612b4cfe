import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { createModel } from "../../analysis/code/model.ts";
import type { Model } from "../../analysis/code/model.ts";
import { parseSource } from "../../analysis/code/parse.ts";
import { rangeOf, walk } from "../../analysis/code/tree.ts";
import { templateTexts } from "./texts.ts";
import type { TemplateId } from "./texts.ts";

/** A function that a migration can write to the end of a file. */
export interface Template {
  readonly id: TemplateId;
  readonly node: ESTree.FunctionDeclaration;
  /** The comment above it, with its line break; empty for a function without one. */
  readonly comment: string;
  /** The file that it stands in. */
  readonly model: Model;
  /** The names in that file that mean functions which can be written as well. */
  readonly others: ReadonlyMap<Variable, TemplateId>;
  /** The name in that file which means `has`; undefined where no function depends on what is needed. */
  readonly facts: Variable | undefined;
}

function commentAbove(model: Model, start: number): string {
  const lines = model.text.slice(0, start).split("\n");
  const first = lines.findLastIndex((line, index) => index < lines.length - 1 && !line.startsWith("//")) + 1;
  return lines.slice(first).join("\n");
}

/** The functions that the text of a file exports, as templates. */
export function templatesIn(text: string): Template[] {
  const model = createModel(parseSource(text));
  const others = new Map<Variable, TemplateId>();
  let facts: Variable | undefined;
  const functions: ESTree.ExportNamedDeclaration[] = [];
  for (const statement of model.program.body) {
    if (statement.type === "ImportDeclaration") {
      for (const { local } of statement.specifiers) {
        const variable = model.variableOf(local);
        if (variable !== undefined && local.name === "has") {
          facts = variable;
        } else if (variable !== undefined) {
          others.set(variable, local.name as TemplateId);
        }
      }
    } else if (statement.type === "ExportNamedDeclaration" && statement.declaration?.type === "FunctionDeclaration") {
      const variable = model.variableOf(statement.declaration.id);
      functions.push(statement);
      if (variable !== undefined) {
        others.set(variable, variable.name as TemplateId);
      }
    }
  }
  return functions.map((statement) => {
    const node = statement.declaration as ESTree.FunctionDeclaration;
    const comment = commentAbove(model, rangeOf(statement)[0]);
    return { id: node.id.name as TemplateId, node, comment, model, others, facts };
  });
}

/** Makes a value when it is asked for first. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The functions by their names; a text is parsed when one of its functions is asked for. */
const sources = once(
  () =>
    new Map(
      templateTexts.flatMap((text) => {
        const templates = once(() => templatesIn(text));
        return Array.from(
          text.matchAll(/^export (?:async )?function (?<id>\w+)/gmu),
          ({ groups }) => [groups?.["id"] as TemplateId, templates] as const,
        );
      }),
    ),
);

/** The template of a function. */
export function templateOf(id: TemplateId): Template {
  const template = sources()
    .get(id)?.()
    .find((each) => each.id === id);
  if (template === undefined) {
    throw new Error(`There is no function ${id} in src/edits/templates.`);
  }
  return template;
}

/** The globals that a function reads. */
export function globalsOf(id: TemplateId): readonly string[] {
  const { node, model } = templateOf(id);
  const names = new Set<string>();
  walk(node, (inner) => {
    const isRead = inner.type === "Identifier" && model.referenceOf(inner) !== undefined;
    if (isRead && model.variableOf(inner) === undefined) {
      names.add(inner.name);
    }
    return true;
  });
  return [...names];
}

/** All functions, in the order in which they are written to the end of a file. */
export function templateIds(): readonly TemplateId[] {
  return [...sources().keys()];
}
