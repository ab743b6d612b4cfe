import type * as ESTree from "estree";
import { exportedValues } from "../code/exported-names.ts";
import { findHandler } from "../code/handler.ts";
import type { Handler } from "../code/handler.ts";
import { createModel } from "../code/model.ts";
import type { Model } from "../code/model.ts";
import { argumentReads, restReads, takenBy } from "../code/own-arguments.ts";
import { parsedElsewhere } from "../code/parse.ts";
import { nameAt, rewrite } from "../code/rewrite.ts";
import { isFunction, rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";

/** A file, and the handler in it. */
export interface HandlerFile {
  readonly model: Model;
  readonly handler: Handler;
}

/** The file with a handler that has a name, and a name for its callback; undefined where it has no handler. */
export function namedHandlerFile(model: Model): HandlerFile | undefined {
  const handler = findHandler(model);
  return handler === undefined ? withNamedHandler(model) : (withNamedCallback(model, handler) ?? { model, handler });
}

/** The file of a tree that was rewritten. */
export function fileOf(model: Model, program: Node): HandlerFile | undefined {
  const names = [...model.handlerNames];
  const parsed = parsedElsewhere(model.text, program as ESTree.Program, model.comments);
  const rewritten = createModel(parsed, names);
  const handler = findHandler(rewritten);
  return handler === undefined ? undefined : { model: rewritten, handler };
}

/** `module.exports = { lambda: (input, callback) => … }`: the function gets the name under which it is exported. */
function withNamedHandler(model: Model): HandlerFile | undefined {
  const found = exportedValues(model).find(
    ({ name, value }) => name !== undefined && model.handlerNames.has(name) && isFunction(value),
  );
  if (found?.name === undefined) {
    return undefined;
  }
  const { name, value, assignment } = found;
  const id = nameAt(name, rangeOf(value));
  const program = rewrite(model.program, (node) => {
    if (node.type !== "ExpressionStatement" || node.expression !== assignment) {
      return undefined;
    }
    const declarator = { type: "VariableDeclarator", id, init: value, range: value.range } as ESTree.VariableDeclarator;
    return [{ type: "VariableDeclaration", kind: "const", declarations: [declarator], range: node.range }];
  });
  return fileOf(model, program);
}

/** `arguments[1](null, order)`, or `rest[0](null, order)`: the callback gets a parameter of its own. */
function withNamedCallback(model: Model, { node, callback }: Handler): HandlerFile | undefined {
  const [input, second] = node.params;
  const isPlain = callback === undefined && second === undefined && input?.type !== "RestElement";
  const rest = [input, second].findIndex((parameter) => parameter?.type === "RestElement");
  const reads = isPlain ? argumentReads(model, node, 1) : rest === -1 ? [] : restReads(model, node, 1);
  const [first] = reads;
  if (first === undefined || reads.some((read) => writeOf(model, read) !== undefined)) {
    return undefined;
  }
  // No file has such a name.
  const name = "arguments[1]";
  const own = rest === 0 || input === undefined ? nameAt("arguments[0]", rangeOf(node)) : input;
  const program = rewrite(model.program, (part, inner) => {
    if (reads.includes(part)) {
      const named = takenBy(part, 1 - rest);
      const at = nameAt(name, rangeOf(part));
      return [named === undefined ? at : ({ ...inner, id: named, init: at } as unknown as Node)];
    }
    return part === node ? [{ ...inner, params: [own, nameAt(name, rangeOf(first))] } as unknown as Node] : undefined;
  });
  return fileOf(model, program);
}
