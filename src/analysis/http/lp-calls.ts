import type * as ESTree from "estree";
import { promiseMethods } from "../code/builtins.ts";
import { legacyAppKey, lpClientSender } from "../../platform/lp-client.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followedClients } from "../toolbelt/client-trail.ts";
import type { ClientUse } from "../toolbelt/client-trail.ts";
import { environmentName } from "../runtime/environment-name.ts";
import { readOptions } from "./option-literal.ts";
import type { HttpCall } from "./calls.ts";
import type { HttpOptionsLiteral } from "./option-literal.ts";
import { readHeaders } from "./headers.ts";
import { followConstant, stringOf } from "../values/constants.ts";
import { isModernRequest } from "../toolbelt/modern-requests.ts";
import type { Model } from "../code/model.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import type { Problem } from "../code/problem.ts";

/** One call of an LpClient in its V1 form. */
export interface LpCall {
  readonly http: HttpCall;
  readonly use: ClientUse;
  /** The path as far as the file writes it out, with `…` for what it does not. */
  readonly path: string;
  /** The name of the secret, or the environment variable that holds it. */
  readonly secret: string;
}

/** All LpClients of a file with their calls. */
export interface LpUse {
  readonly clients: readonly ClientCreation[];
  readonly calls: readonly LpCall[];
  /** Calls without the third argument, which fail in V1 and in V2. */
  readonly withoutOptions: readonly Node[];
  readonly problems: readonly Problem[];
}

function escape(node: Node, what: string): Problem {
  return { id: "client-escapes", node, data: { name: "LpClient", what } };
}

/** The text of a path: its constants are followed, and `…` stands for what is known at run time only. */
function pathText(model: Model, node: Node): string {
  const value = followConstant(model, node);
  if (value.type === "TemplateLiteral") {
    return value.quasis
      .map((quasi, index) => {
        const inner = value.expressions[index];
        return (quasi.value.cooked ?? "") + (inner === undefined ? "" : pathText(model, inner));
      })
      .join("");
  }
  if (value.type === "BinaryExpression" && value.operator === "+") {
    return pathText(model, value.left) + pathText(model, value.right);
  }
  return stringOf(model, value) ?? "…";
}

/** The secret that a call uses: its name, or `process.env.NAME`. */
function secretOf(model: Model, { properties }: HttpOptionsLiteral): string | Problem {
  const property = properties.get("appKeySecretName");
  if (property === undefined) {
    return legacyAppKey;
  }
  const name = environmentName(model, property.value);
  const secret = name === undefined ? stringOf(model, property.value) : `process.env.${name}`;
  const why = "its name is known at run time only; write it as text";
  return secret ?? { id: "lp-client-secret", node: property, data: { why } };
}

/** Headers that could hold an Authorization, in whatever spelling. */
function headerProblem(model: Model, { properties }: HttpOptionsLiteral): Problem | undefined {
  const property = properties.get("headers");
  const { isOpen, names } = readHeaders(model, property?.value);
  if (property === undefined || (!isOpen && !names.has("authorization"))) {
    return undefined;
  }
  const what = names.has("authorization") ? "hold an Authorization" : "can't be read from the code";
  return { id: "lp-client-headers", node: property, data: { what } };
}

function promiseProblem(model: Model, call: Node): Problem | undefined {
  const parent = model.parentOf(call);
  const member = parent?.type === "MemberExpression" && parent.object === call ? parent : undefined;
  if (member === undefined || promiseMethods.has(staticName(member) ?? "")) {
    return undefined;
  }
  return escape(member, `gives a request that is used by its member \`${staticName(member) ?? "[…]"}\``);
}

type Found = LpCall | Problem | { readonly withoutOptions: Node } | undefined;

function readCall(model: Model, call: ESTree.SimpleCallExpression, use: ClientUse): Found {
  const [service, path, argument] = call.arguments;
  const spread = call.arguments.find(({ type }) => type === "SpreadElement");
  const problem = promiseProblem(model, call);
  if (spread !== undefined || call.optional || problem !== undefined) {
    return problem ?? escape(spread ?? call, spread === undefined ? "is called with `?.`" : "is called with a spread");
  }
  if (service === undefined || path === undefined || argument === undefined) {
    return { withoutOptions: call };
  }
  if (path.type === "SequenceExpression") {
    return { id: "http-options", node: path, data: { what: "hold a comma expression" } };
  }
  const options = readOptions(model, argument);
  if ("id" in options) {
    return options;
  }
  const secret = secretOf(model, options);
  const text = pathText(model, path);
  const pathProblem: Problem | undefined = /^[/…]/u.test(text)
    ? undefined
    : { id: "lp-client-path", node: path, data: { path: `\`${text}\`` } };
  const found = typeof secret === "string" ? (pathProblem ?? headerProblem(model, options)) : secret;
  if (found !== undefined || typeof secret !== "string") {
    return found;
  }
  const parent = model.parentOf(call);
  const awaited = parent?.type === "AwaitExpression" ? parent : undefined;
  const http = { call, verb: undefined, urlArgument: path, options, awaited, sender: lpClientSender };
  return { http, use, path: text, secret };
}

function readUse(model: Model, use: ClientUse): Found {
  const parent = model.parentOf(use.node);
  if (parent?.type !== "CallExpression" || parent.callee !== use.node) {
    const member = parent?.type === "MemberExpression" ? staticName(parent) : undefined;
    return escape(use.node, `is used by its member \`${member ?? "[…]"}\``);
  }
  return isModernRequest(model, parent) ? undefined : readCall(model, parent, use);
}

/** Finds all calls of all LpClients of the V1 toolbelt, and everything that keeps them from being followed. */
export function findLpCalls(model: Model): LpUse {
  const { clients, uses, escapes } = followedClients(model, "LpClient");
  const calls: LpCall[] = [];
  const withoutOptions: Node[] = [];
  const problems = escapes.map(({ node, what }) => escape(node, what));
  for (const use of uses) {
    const found = readUse(model, use);
    if (found === undefined) {
      continue;
    }
    if ("withoutOptions" in found) {
      withoutOptions.push(found.withoutOptions);
    } else if ("id" in found) {
      problems.push(found);
    } else {
      calls.push(found);
    }
  }
  calls.sort((a, b) => (a.http.call.range?.[0] ?? 0) - (b.http.call.range?.[0] ?? 0));
  return { clients, calls, withoutOptions, problems };
}
