import { clientChanges, memberAdvice } from "../../platform/toolbelt-clients.ts";
import type { ClientChange, ClientHelperId, ErrorText } from "../../platform/toolbelt-clients.ts";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { affectedTexts } from "../errors/texts.ts";
import { contextConfigOf } from "../toolbelt/context-config.ts";
import type { ContextConfig, OwnAccount } from "../toolbelt/context-config.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import { methodCallsOf } from "../toolbelt/method-calls.ts";
import type { FollowedCall } from "../toolbelt/method-calls.ts";

/** A factory call whose argument is another one in V2. */
export interface ConfiguredClient {
  readonly call: ClientCreation["call"];
  readonly config: ContextConfig;
}

/** A call of a method that gives something else in V2. */
export interface HelpedCall extends FollowedCall {
  readonly helper: ClientHelperId;
}

/** The clients of one kind that are used as before but for some arguments, results and errors. */
export interface ChangedClients {
  readonly name: string;
  /** The factory calls, at least one. */
  readonly creations: readonly ClientCreation["call"][];
  readonly configured: readonly ConfiguredClient[];
  readonly calls: readonly FollowedCall[];
  readonly helped: readonly HelpedCall[];
  readonly texts: TextChanges;
  /** Where a `catch` around a call looks at what the error says. */
  readonly errorReads: readonly Node[];
  /** A call that reaches an API with the account's default credentials. */
  readonly remote: FollowedCall | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Every kind of changed client that a file makes.
 *
 * @param isOwn true for calls in helpers that an earlier run has written
 */
export function planChangedClients(
  model: Model,
  account: OwnAccount,
  isOwn: (call: Node) => boolean,
): readonly ChangedClients[] {
  return [...clientChanges].flatMap(([name, change]) => {
    const planned = planClients(model, { name, change, account, isOwn });
    return planned === undefined ? [] : [planned];
  });
}

interface Kind {
  readonly name: string;
  readonly change: ClientChange;
  readonly account: OwnAccount;
  readonly isOwn: (call: Node) => boolean;
}

function planClients(model: Model, { name, change, account, isOwn }: Kind): ChangedClients | undefined {
  const found = methodCallsOf(model, name);
  if (found.clients.length === 0) {
    return undefined;
  }
  const configs = name === "ContextServiceClient" ? readConfigs(model, found.clients, account) : undefined;
  const calls = found.calls.filter(({ call }) => !isOwn(call));
  const helped = calls.flatMap((call) => {
    const helper = change.helpers.get(call.method);
    return helper === undefined ? [] : [{ ...call, helper }];
  });
  const texts = changedTexts(model, name, change.errors);
  return {
    name,
    creations: found.clients.map(({ call }) => call),
    configured: configs?.configured ?? [],
    calls,
    helped,
    texts,
    errorReads: calls.flatMap(({ call }) => caughtReads(model, call)),
    remote: calls.find(({ method }) => change.withDefaultSecret.has(method)),
    problems: [
      ...(configs?.problems ?? []),
      ...found.problems,
      ...calls.flatMap((call) => memberProblem(name, change, call) ?? []),
      ...helped.flatMap((call) => leadProblem(call) ?? []),
      ...texts.problems,
    ],
  };
}

function readConfigs(
  model: Model,
  clients: readonly ClientCreation[],
  account: OwnAccount,
): { readonly configured: readonly ConfiguredClient[]; readonly problems: readonly Problem[] } {
  const configured: ConfiguredClient[] = [];
  const problems: Problem[] = [];
  for (const { call } of clients) {
    const config = contextConfigOf(model, call, account);
    if ("how" in config) {
      problems.push({
        id: "toolbelt-client",
        node: config.node,
        data: { name: "ContextServiceClient", how: config.how },
      });
    } else {
      configured.push({ call, config });
    }
  }
  return { configured, problems };
}

function memberProblem(name: string, { methods }: ClientChange, { call, method }: FollowedCall): Problem | undefined {
  const data = { name: `${name}.${method}`, advice: memberAdvice(method, [...methods]) };
  return methods.has(method) ? undefined : { id: "toolbelt-member", node: call, data };
}

/** `helper(client, a)` takes the place of `client.method(a)`, but for `client?.method(a)`. */
function leadProblem({ call }: FollowedCall): Problem | undefined {
  const { callee } = call;
  const isOptional = call.optional || (callee.type === "MemberExpression" && callee.optional);
  const data = { name: "client", what: "is called in a way that is not rewritten" };
  return isOptional ? { id: "client-escapes", node: call, data } : undefined;
}

/** A comparison with V1's wording that is adapted by one word. */
export interface TextChange {
  readonly node: Node;
  readonly legacy: string;
  readonly word: readonly [legacy: string, modern: string];
}

export interface TextChanges {
  readonly changes: readonly TextChange[];
  readonly problems: readonly Problem[];
}

/** Comparisons with V1's wording: those that can be adapted with certainty, and the others. */
export function changedTexts(model: Model, name: string, errors: readonly ErrorText[]): TextChanges {
  const affected = affectedTexts(model, errors);
  return {
    changes: affected.flatMap(({ node, legacy, word }) => (word === undefined ? [] : [{ node, legacy, word }])),
    problems: affected.flatMap(({ node, legacy: text, word }): Problem[] =>
      word === undefined ? [{ id: "toolbelt-error-text", node, data: { text, name } }] : [],
    ),
  };
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
