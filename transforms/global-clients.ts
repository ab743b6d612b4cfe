import type { Variable } from "eslint-scope";
import { rangeOf } from "../src/analysis/ast.ts";
import type { Node, Range } from "../src/analysis/ast.ts";
import type { Model } from "../src/analysis/model.ts";
import { toolbeltUseOf } from "../src/analysis/toolbelt.ts";
import type { ClientCreation } from "../src/analysis/toolbelt.ts";
import { asTransform } from "../src/edits/as-transform.ts";
import { indentAt, lineEndingOf, statementRange } from "../src/edits/layout.ts";
import { attachedComments, rangeWithComments, removeLines } from "../src/edits/remove-statements.ts";
import { StepReport } from "../src/edits/step.ts";
import type { Step } from "../src/edits/step.ts";
import { legacyFactories } from "../src/platform/toolbelt.ts";

/** Moves clients that every invocation creates anew to module scope, where they are created once. */
export const step: Step = (model) => {
  const report = new StepReport();
  const groups = new Map<string, MovedClient>();
  for (const client of toolbeltUseOf(model).clients) {
    const statement = statementToMove(model, client);
    const name = client.variable?.name ?? "";
    const { factory } = client;
    const known = groups.get(name);
    if (statement !== undefined && known === undefined) {
      groups.set(name, { factory, statements: [statement] });
    } else if (statement !== undefined && known?.factory === factory) {
      known.statements.push(statement);
    }
  }
  if (groups.size === 0) {
    return report.finish();
  }
  const moved = [...groups.values()];
  const ranges = moved.flatMap(({ statements }) => statements.map((statement) => rangeWithComments(model, statement)));
  removeLines(model, report.edits, ranges);
  insertClients(model, moved, report);
  return report.finish();
};

export default asTransform(step);

/** A client that is created once, and the declarations that it replaces; the first one is written again. */
interface MovedClient {
  readonly factory: string;
  readonly statements: Node[];
}

/** The declaration, when creating its client before the first invocation can't be told from creating it in each. */
function statementToMove(model: Model, client: ClientCreation): Node | undefined {
  const { factory, call, variable, declarator } = client;
  const declaration = declarator === undefined ? null : model.parentOf(declarator);
  const canMove =
    legacyFactories[factory]?.isShareable === true &&
    call.arguments.length === 0 &&
    variable !== undefined &&
    model.functionOf(call) !== null &&
    declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1 &&
    model.parentOf(declaration)?.type === "BlockStatement" &&
    isToolbeltAtTop(model, call.callee) &&
    isFreeAround(model, variable);
  return canMove ? declaration : undefined;
}

/** The factory's object must be there when the module is loaded. */
function isToolbeltAtTop(model: Model, callee: Node): boolean {
  let object = callee;
  while (object.type === "MemberExpression") {
    object = object.object;
  }
  const definition = model.variableOf(object)?.defs[0];
  const declaration = definition?.type === "Variable" ? model.parentOf(definition.node) : null;
  return (
    definition?.type === "ImportBinding" || (declaration !== null && model.parentOf(declaration) === model.program)
  );
}

/** The name must mean nothing else at module level, nor in any function around the place where the client is now. */
function isFreeAround(model: Model, { name, scope }: Variable): boolean {
  const through = model.scopeManager.globalScope?.through ?? [];
  for (let outer = scope.upper; outer !== null; outer = outer.upper) {
    if ((outer.set.get(name)?.defs.length ?? 0) > 0) {
      return false;
    }
  }
  return !through.some(({ identifier }) => identifier.name === name);
}

function insertClients(model: Model, clients: readonly MovedClient[], report: StepReport): void {
  const { text } = model;
  const newline = lineEndingOf(text);
  const lines = clients.flatMap(({ statements }) => linesOf(model, statements));
  const lastImport = model.nodes("ImportDeclaration").at(-1) ?? topLevelRequire(model);
  if (lastImport === undefined) {
    throw new Error("The toolbelt is there without an import or a declaration.");
  }
  const end = rangeWithComments(model, lastImport)[1];
  report.edits.insert(end, newline + newline + lines.join(newline));
  if (!/^\r?\n[\t ]*(?:\r?\n|$)/u.test(text.slice(end))) {
    report.edits.insert(end, newline);
  }
}

/** The client as it is declared first, below the comments of all its declarations; those that say the same once. */
function linesOf(model: Model, [first, ...others]: readonly Node[]): string[] {
  if (first === undefined) {
    return [];
  }
  const { text } = model;
  const textOf = ([start, end]: Range): string => text.slice(start, end).replaceAll(`\n${indentAt(text, start)}`, "\n");
  const { leading, trailing } = attachedComments(model, first);
  const more = others.flatMap((statement) => {
    const comments = attachedComments(model, statement);
    return [...comments.leading, ...(comments.trailing === undefined ? [] : [comments.trailing])];
  });
  const behind = trailing === undefined ? undefined : textOf(trailing);
  const own = leading.map(textOf);
  const further = new Set(more.map(textOf).filter((comment) => comment !== behind && !own.includes(comment)));
  const declaration = textOf(statementRange(text, rangeOf(first))).replace(/^(?:let|var)\b/u, "const");
  return [...own, ...further, behind === undefined ? declaration : `${declaration} ${behind}`];
}

/** In a CommonJS file, the last of the `require` declarations at the top. */
function topLevelRequire(model: Model): Node | undefined {
  return model.program.body.findLast(
    (statement) =>
      statement.type === "VariableDeclaration" &&
      statement.declarations.some(({ init }) => /\brequire\s*\(/u.test(init ? model.textOf(init) : "")),
  );
}
