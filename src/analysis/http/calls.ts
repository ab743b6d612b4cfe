import type * as ESTree from "estree";
import { readOptions, unclearOptions } from "./option-literal.ts";
import type { HttpOptionsLiteral } from "./option-literal.ts";
import { callOf, calledMethodOf } from "../code/called.ts";
import { verbMethods } from "../../platform/http-options.ts";
import type { RequestSender } from "../../platform/lp-client.ts";
import { promiseMethods } from "../code/builtins.ts";
import { isInList } from "../code/lists.ts";
import { isReadTooEarly } from "../code/early-reads.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";
import { valuesOf } from "../values/values-of.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { findModuleUses } from "../modules/uses.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { followedClients } from "../toolbelt/client-trail.ts";
import { findClientPasses } from "./client-passes.ts";
import type { ClientPasses } from "./client-passes.ts";
import { addressInFirstPlace, addressKind } from "./url-objects.ts";
import { findBluebirdUse, requiredClients } from "./request-promises.ts";
import { httpPackages, requestPromises } from "../../platform/http-packages.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";
import { knownSecrets } from "../toolbelt/known-secrets.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import type { Problem } from "../code/problem.ts";

/** One request: a call of an HTTPClient. */
export interface HttpCall {
  readonly call: ESTree.SimpleCallExpression;
  /** The HTTP method that `client.post(…)` and its like force. */
  readonly verb: string | undefined;
  /** The argument that holds the URL; undefined when the options do. */
  readonly urlArgument: Node | undefined;
  readonly options: HttpOptionsLiteral | undefined;
  /** The `await` right around the call; without it the promise itself is used. */
  readonly awaited: ESTree.AwaitExpression | undefined;
  /** The client that sends the request in V2 as well; undefined when fetch itself takes its place. */
  readonly sender?: RequestSender;
}

/** A request whose options are no literal that could be rewritten in place. */
export interface LooseCall extends Omit<HttpCall, "options"> {
  readonly optionsArgument: Node | undefined;
  /** Why they can't; undefined when it is for a value in the literal. */
  readonly problem: Problem | undefined;
}

/** All HTTPClients of a file with their calls. */
export interface HttpUse {
  readonly clients: readonly ClientCreation[];
  readonly calls: readonly HttpCall[];
  readonly loose: readonly LooseCall[];
  /** Calls of a client that the file requires itself: without headers of its own, and with verified certificates. */
  readonly bare: ReadonlySet<Node>;
  readonly passes: ClientPasses;
  readonly problems: readonly Problem[];
}

function escape(node: Node, what: string): Problem {
  return { id: "http-client-escapes", node, data: { what } };
}

/** How a read that is not a call uses the client. */
function describeEscape(model: Model, read: Node): string {
  const parent = model.parentOf(read);
  if (parent?.type === "CallExpression") {
    return "is passed to a function";
  }
  if (parent?.type === "MemberExpression" && parent.object === read) {
    return `is used by its member \`${staticName(parent) ?? "[…]"}\``;
  }
  return "is stored or handed on";
}

/** True when the expression is a URL and surely no options object: a text, a `URL`, a variable of the environment. */
function isUrl(model: Model, node: Node): boolean {
  const values = valuesOf(model, node, knownSecrets(model));
  return (
    values.length > 0 &&
    values.every(
      (value) =>
        value.kind === "text" ||
        (value.kind === "instance" && value.of === "URL") ||
        globalPath(model, value.node)?.startsWith("process.env.") === true,
    )
  );
}

type Target =
  Pick<HttpCall, "urlArgument" | "options"> | Pick<LooseCall, "urlArgument" | "optionsArgument" | "problem">;

/** A call seen as one whose options are not rewritten in place. */
export function asLoose({ call, verb, urlArgument, options, awaited }: HttpCall): LooseCall {
  const optionsArgument = options?.reference ?? options?.literal;
  return { call, verb, urlArgument, awaited, optionsArgument, problem: undefined };
}

/** Tells URL and options apart; request lets an object in the first place win over the second. */
function readTarget(model: Model, call: ESTree.SimpleCallExpression): Target | Problem {
  const [first, second, ...more] = call.arguments;
  if (first === undefined) {
    return unclearOptions(call, "are missing");
  }
  const spread = call.arguments.find((argument) => argument.type === "SpreadElement");
  if (spread !== undefined) {
    return unclearOptions(spread, "come from a spread argument");
  }
  if (first.type === "SequenceExpression") {
    return unclearOptions(first, "hold a comma expression");
  }
  const callback = [...more, ...(second === undefined ? [] : [second])].find(
    (argument, index) => index < more.length || /Function/u.test(followConstant(model, argument).type),
  );
  if (callback !== undefined) {
    return { id: "http-callback", node: callback, data: {} };
  }
  const isOptions = followConstant(model, first).type === "ObjectExpression";
  if (isOptions && second !== undefined) {
    return unclearOptions(first, "come from two objects");
  }
  if (second === undefined && !isOptions && !isUrl(model, first)) {
    const problem = unclearOptions(first, "come from an expression that may be a URL or an object");
    return { urlArgument: undefined, optionsArgument: first, problem };
  }
  const argument = isOptions ? first : second;
  const options = argument === undefined ? undefined : readOptions(model, argument);
  const urlArgument = isOptions ? undefined : first;
  return options !== undefined && "id" in options
    ? { urlArgument, optionsArgument: argument, problem: options }
    : { urlArgument, options };
}

type FoundCall = HttpCall | LooseCall | Problem;

function readCall(model: Model, call: ESTree.SimpleCallExpression, verb: string | undefined): FoundCall {
  if (call.optional || (call.callee.type === "MemberExpression" && call.callee.optional)) {
    return escape(call, "is called with `?.`");
  }
  const parent = model.parentOf(call);
  if (parent?.type === "MemberExpression" && parent.object === call) {
    const member = staticName(parent);
    if (member === undefined || !promiseMethods.has(member)) {
      return escape(parent, `gives a request that is used by its member \`${member ?? "[…]"}\``);
    }
  }
  const target = readTarget(model, call);
  if ("id" in target) {
    return target;
  }
  return { call, verb, ...target, awaited: parent?.type === "AwaitExpression" ? parent : undefined };
}

/** The request that an expression which gives the client makes, or the problem with it. */
function readUse(model: Model, client: Node): FoundCall {
  const sent = callOf(model, client);
  if (sent !== undefined) {
    return readCall(model, sent, undefined);
  }
  const called = calledMethodOf(model, client);
  const verb = verbMethods.get(called?.method ?? "");
  if (called !== undefined && verb !== undefined) {
    return readCall(model, called.call, verb);
  }
  const parent = model.parentOf(client);
  if (parent?.type === "MemberExpression" && parent.object === client && staticName(parent) === "defaults") {
    return { id: "http-defaults", node: parent, data: {} };
  }
  return escape(client, describeEscape(model, client));
}

/** request-promise gives promises of bluebird, which can do more than those of fetch. */
function checkPromise(model: Model, found: FoundCall, clients: ReadonlySet<ClientCreation>): FoundCall {
  const isBluebird = "call" in found && [...clients].some(({ source }) => source === "request-promise");
  const member = isBluebird ? findBluebirdUse(model, found.call) : undefined;
  return member === undefined
    ? found
    : escape(member, `gives a promise of bluebird that is used by \`${model.textOf(member).split(".").at(-1) ?? ""}\``);
}

/** An address in the first place must be a text: of an object the HTTP client took the members, which a `URL` has none of. */
function checkAddress(model: Model, found: FoundCall, isBare: boolean): FoundCall {
  const address = "call" in found ? found.urlArgument : undefined;
  const hasOptions = "call" in found && found.call.arguments.length > 1;
  return address === undefined || (isBare && hasOptions) || addressKind(model, address) === "text"
    ? found
    : { id: "http-option", node: address, data: { name: "url", why: addressInFirstPlace } };
}

/** True when the declaration stands among other statements; the head of a loop needs it, and so does an export. */
function isRemovable(model: Model, declarator: Node): boolean {
  const declaration = model.parentOf(declarator);
  return declaration !== null && isInList(model, declaration);
}

/** Mentions of `HTTPClient` that are no followed creation, in a file whose toolbelt object is handed on. */
function hiddenClients(model: Model, clients: readonly ClientCreation[]): Problem[] {
  if (toolbeltUseOf(model).escapes.length === 0) {
    return [];
  }
  const known = new Set<Node>(clients.map((client) => client.call.callee));
  const mentions = [...model.nodes("MemberExpression"), ...model.nodes("Property")];
  return mentions
    .filter((node) => staticName(node) === "HTTPClient" && !known.has(node))
    .map((node) => escape(node, "is created in a way that the tool can't follow"));
}

/** A file is converted whole: with `request` itself, which calls back, it stays. */
function callingBack(model: Model): Problem[] {
  return findModuleUses(model)
    .filter(({ source }) => source === "request")
    .map(({ source, node }) => ({
      id: "http-package",
      node,
      data: { name: source, advice: httpPackages.get(source) ?? "" },
    }));
}

/** Finds all calls of all HTTPClients of a file, and everything that keeps them from being followed. */
export function findHttpCalls(model: Model): HttpUse {
  const required = requiredClients(model);
  const followed = followedClients(model, "HTTPClient", [legacyToolbelt, modernToolbelt], required.clients);
  const { clients } = followed;
  const passes = findClientPasses(model, followed);
  const escaped = new Set(followed.escapes.map(({ node }) => node));
  const problems = [
    ...hiddenClients(model, clients),
    ...(clients.length === 0 ? [] : callingBack(model)),
    ...required.escapes.map((node) => escape(node, "is destructured where it is required")),
    ...followed.escapes.map(({ node, what }) => escape(node, what)),
    // V1 failed there; without a client, V2 would not.
    ...followed.uses
      .filter(({ node }) => isReadTooEarly(model, node))
      .map(({ node }) => escape(node, "is used above its declaration")),
    ...passes.problems.filter(({ node }) => !escaped.has(node)).map(({ node, what }) => escape(node, what)),
  ];
  const declarators = [...clients.flatMap(({ declarator }) => declarator ?? []), ...passes.aliases];
  for (const declarator of declarators) {
    if (!isRemovable(model, declarator)) {
      problems.push(escape(declarator, "is declared where it can't be removed"));
    }
  }
  for (const { call, declarator } of clients) {
    if (declarator === undefined && model.parentOf(call)?.type === "AssignmentExpression") {
      problems.push(escape(call, "is assigned to a variable that is declared elsewhere"));
    }
  }
  const calls: HttpCall[] = [];
  const loose: LooseCall[] = [];
  const bare = new Set<Node>();
  for (const { node, clients: sources } of followed.uses) {
    const isBare = [...sources].every(({ source }) => requestPromises.has(source));
    const found = checkAddress(model, checkPromise(model, readUse(model, node), sources), isBare);
    if ("call" in found && isBare) {
      bare.add(found.call);
    }
    if ("id" in found) {
      problems.push(found);
    } else if ("problem" in found) {
      loose.push(found);
    } else {
      calls.push(found);
    }
  }
  return { clients, calls, loose, bare, problems, passes };
}
