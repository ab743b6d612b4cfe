import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { followedClients, methodCallOf } from "../../analysis/toolbelt/client-trail.ts";
import type { FollowedClients } from "../../analysis/toolbelt/client-trail.ts";
import { contextConfigOf } from "../../analysis/toolbelt/context-config.ts";
import { affectedTexts } from "../../analysis/errors/texts.ts";
import type { Model } from "../../analysis/code/model.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import { clientChanges, memberAdvice } from "../../platform/toolbelt-clients.ts";
import type { ClientChange, ErrorText } from "../../platform/toolbelt-clients.ts";
import type { ClientWriter } from "./client-writer.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { argumentsRange } from "../text/list-items.ts";
import { withParentheses } from "../text/parentheses.ts";
import { endsLine } from "../text/white-space.ts";

/** Converts the clients that are used as before but for some arguments, results and errors. */
export function convertChangedClients(writer: ClientWriter): void {
  for (const [name, change] of clientChanges) {
    const uses = followedClients(writer.model, name);
    const [first] = uses.clients;
    if (first === undefined) {
      continue;
    }
    if (name === "ContextServiceClient") {
      convertConfigs(writer, uses);
    }
    const calls = convertCalls(writer, name, change, uses);
    convertErrorTexts(writer, name, change.errors);
    declareErrors(writer, name, [first.call, ...calls.flatMap((call) => caughtReads(writer.model, call))]);
    const remote = calls.find(
      ({ callee }) => callee.type === "MemberExpression" && change.withDefaultSecret.has(staticName(callee) ?? ""),
    );
    if (remote !== undefined) {
      writer.report.followUp("lp-default-secret", remote, { name });
    }
  }
}

/** Passes the API key alone. */
function convertConfigs({ model, report, ...known }: ClientWriter, { clients }: FollowedClients): void {
  for (const { call } of clients) {
    const config = contextConfigOf(model, call, known);
    const [argument] = call.arguments;
    if (!("how" in config) && config.byAnswer !== undefined) {
      report.followUp("context-own-account", config.byAnswer, { account: model.textOf(config.byAnswer) });
    }
    if ("how" in config) {
      report.refuse("toolbelt-client", config.node, { name: "ContextServiceClient", how: config.how });
    } else if (argument !== undefined && config.inline === undefined) {
      report.edits.insert(withParentheses(model, argument)[1], ".apiKey");
    } else if (argument !== undefined) {
      const [start, end] = rangeOf(argument);
      const [keyStart, keyEnd] = rangeOf(config.apiKey);
      const comments = [...commentTexts(model, [start, keyStart]), ...commentTexts(model, [keyEnd, end])];
      const lineBreak = lineEndingOf(model.text) + indentAt(model.text, start);
      report.edits.replace([start, end], inFrontOf(comments, lineBreak) + model.textOf(config.apiKey));
    }
  }
}

/** Checks each use, and leads calls of methods that changed through a helper; gives the calls. */
function convertCalls(
  { model, report, helpers }: ClientWriter,
  name: string,
  change: ClientChange,
  { uses, escapes }: FollowedClients,
): ESTree.SimpleCallExpression[] {
  for (const { node, what } of escapes) {
    report.refuse("client-escapes", node, { name, what });
  }
  return uses.flatMap((use) => {
    const found = methodCallOf(model, use);
    if (found === undefined) {
      report.refuse("client-escapes", use.node, { name, what: "is used in another way than by calling its methods" });
      return [];
    }
    const { call, method } = found;
    if (helpers.isInside(call)) {
      return [];
    }
    if (!change.methods.has(method)) {
      report.refuse("toolbelt-member", call, {
        name: `${name}.${method}`,
        advice: memberAdvice(method, [...change.methods]),
      });
    }
    const helper = change.helpers.get(method);
    if (helper !== undefined) {
      writeHelperCall(model, report, use.node, call, helpers.use(helper));
    }
    if (name === "GDPRUtil") {
      report.declare("gdpr-authorization", call);
    }
    return [call];
  });
}

/** `client.method(a)` becomes `helper(client, a)`, with all else between as it is. */
function writeHelperCall(
  model: Model,
  report: ClientWriter["report"],
  client: Node,
  call: ESTree.SimpleCallExpression,
  helper: string,
): void {
  const { callee } = call;
  const { text } = model;
  const [start] = rangeOf(call);
  const [clientStart, clientEnd] = withParentheses(model, client);
  const [open] = argumentsRange(model, call);
  if (call.optional || (callee.type === "MemberExpression" && callee.optional)) {
    report.refuse("client-escapes", call, { name: "client", what: "is called in a way that is not rewritten" });
    return;
  }
  const stranded = [...commentTexts(model, [start, clientStart]), ...commentTexts(model, [clientEnd, open])];
  const comments = inFrontOf(stranded, lineEndingOf(text) + indentAt(text, open));
  const separator = call.arguments.length === 0 ? "" : comments === "" && endsLine(text, open) ? "," : ", ";
  report.edits.replace([start, clientStart], `${helper}(`);
  report.edits.replace([clientEnd, open], separator + comments);
}

/** Comparisons with V1's wording are adapted where that is certain, and refused else. */
export function convertErrorTexts({ model, report }: ClientWriter, name: string, errors: readonly ErrorText[]): void {
  for (const { node, legacy, word } of affectedTexts(model, errors)) {
    if (word === undefined) {
      report.refuse("toolbelt-error-text", node, { text: legacy, name });
    } else {
      report.edits.replace(rangeOf(node), model.textOf(node).replace(...word));
      report.declare("client-error-text", node, { legacy, modern: legacy.replace(...word) });
    }
  }
}

const PARTS_OF_ERRORS = new Set(["message", "code", "name", "stack"]);

/** Where the `catch` around a call looks at what the error says. */
function caughtReads(model: Model, call: Node): Node[] {
  for (let node: Node = call; ;) {
    const parent = model.parentOf(node);
    if (parent === null) {
      return [];
    }
    if (parent.type === "TryStatement" && parent.block === node && parent.handler?.param?.type === "Identifier") {
      const variable = model.variableOf(parent.handler.param);
      return (variable === undefined ? [] : readsOf(variable)).filter((read) => {
        const member = model.parentOf(read);
        return member?.type === "MemberExpression" && PARTS_OF_ERRORS.has(staticName(member) ?? "");
      });
    }
    node = parent;
  }
}

function declareErrors({ report }: ClientWriter, name: string, places: readonly Node[]): void {
  for (const place of new Set(places)) {
    report.declare("client-error-shape", place, { name });
  }
}
