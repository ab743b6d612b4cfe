import { rangeOf } from "../src/analysis/ast.ts";
import type { Node } from "../src/analysis/ast.ts";
import type { Model } from "../src/analysis/model.ts";
import { toolbeltUseOf } from "../src/analysis/toolbelt.ts";
import type { ClientCreation } from "../src/analysis/toolbelt.ts";
import { asTransform } from "../src/edits/as-transform.ts";
import { importOffset } from "../src/edits/import-block.ts";
import { indentAt, lineEndingOf } from "../src/edits/layout.ts";
import { attachedComments, rangeWithComments, removeLines } from "../src/edits/remove-statements.ts";
import { StepReport } from "../src/edits/step.ts";
import type { Step } from "../src/edits/step.ts";
import { legacyFactories } from "../src/platform/toolbelt.ts";

/** Moves clients that every invocation creates anew to module scope, where they are created once. */
export const step: Step = (model) => {
  const report = new StepReport();
  const movable = toolbeltUseOf(model).clients.filter((client) => canMove(model, client));
  const first = new Map<string, ClientCreation>();
  for (const client of movable) {
    const name = client.variable?.name ?? "";
    const known = first.get(name);
    if (known === undefined || known.factory !== client.factory) {
      first.set(name, known ?? client);
    }
  }
  const moved = movable.filter((client) => first.get(client.variable?.name ?? "")?.factory === client.factory);
  if (moved.length === 0) {
    return report.finish();
  }
  const statements = moved.flatMap((client) => declarationOf(model, client) ?? []);
  const kept = new Set([...first.values()].map((client) => declarationOf(model, client)));
  removeLines(model, report.edits, statements.map((statement) => rangeWithComments(model, statement)));
  insertClients(model, statements.filter((statement) => kept.has(statement)), report);
  return report.finish();
};

export default asTransform(step);

function declarationOf(model: Model, { declarator }: ClientCreation): Node | null {
  return declarator === undefined ? null : model.parentOf(declarator);
}

/** True when creating the client once, before the first invocation, can't be told from creating it in each. */
function canMove(model: Model, client: ClientCreation): boolean {
  const { factory, call, variable, declarator } = client;
  const declaration = declarationOf(model, client);
  return (
    legacyFactories[factory]?.migration === "same" &&
    call.arguments.length === 0 &&
    variable !== undefined &&
    declarator !== undefined &&
    model.functionOf(call) !== null &&
    declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1 &&
    model.parentOf(declaration)?.type === "BlockStatement" &&
    isToolbeltAtTop(model, call.callee) &&
    isFreeAtTop(model, variable.name)
  );
}

/** The factory's object must be there when the module is loaded. */
function isToolbeltAtTop(model: Model, callee: Node): boolean {
  let object = callee;
  while (object.type === "MemberExpression") {
    object = object.object;
  }
  const definition = model.variableOf(object)?.defs[0];
  return definition?.type === "ImportBinding" || (definition !== undefined && model.functionOf(definition.node as Node) === null);
}

function isFreeAtTop(model: Model, name: string): boolean {
  const through = model.scopeManager.globalScope?.through ?? [];
  return !model.scopeAt(model.program).set.has(name) && !through.some(({ identifier }) => identifier.name === name);
}

function insertClients(model: Model, statements: readonly Node[], report: StepReport): void {
  const { text } = model;
  const newline = lineEndingOf(text);
  const lines = statements.flatMap((statement) => {
    const { leading, trailing } = attachedComments(model, statement);
    const indent = indentAt(text, rangeOf(statement)[0]);
    const comments = leading.map((range) => text.slice(...range).replaceAll(`\n${indent}`, "\n"));
    const declaration = model.textOf(statement).replaceAll(`\n${indent}`, "\n").replace(/^(?:let|var)\b/u, "const");
    return [...comments, trailing === undefined ? declaration : `${declaration} ${text.slice(...trailing)}`];
  });
  const lastImport = model.nodes("ImportDeclaration").at(-1) ?? topLevelRequire(model);
  if (lastImport === undefined) {
    report.edits.insert(importOffset(model), lines.join(newline) + newline + newline);
    return;
  }
  const end = rangeWithComments(model, lastImport)[1];
  report.edits.insert(end, newline + newline + lines.join(newline));
  if (!/^\r?\n[\t ]*(?:\r?\n|$)/u.test(text.slice(end))) {
    report.edits.insert(end, newline);
  }
}

/** In a CommonJS file, the last of the `require` declarations at the top. */
function topLevelRequire(model: Model): Node | undefined {
  return model.program.body.findLast(
    (statement) =>
      statement.type === "VariableDeclaration" &&
      statement.declarations.some(({ init }) => /\brequire\s*\(/u.test(init ? model.textOf(init) : "")),
  );
}
