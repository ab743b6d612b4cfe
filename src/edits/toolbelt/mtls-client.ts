import type * as ESTree from "estree";
import { isNullish, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { followedClients, methodCallOf } from "../../analysis/toolbelt/client-trail.ts";
import { booleanOf, followConstant, stringOf } from "../../analysis/values/constants.ts";
import { isText } from "../../analysis/http/known-values.ts";
import { literalArgument } from "../../analysis/values/literal-argument.ts";
import type { LiteralArgument } from "../../analysis/values/literal-argument.ts";
import type { Model } from "../../analysis/code/model.ts";
import { mtlsMethods } from "../../platform/platform-clients.ts";
import { LiteralEditor } from "../text/literal.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { ClientWriter } from "./client-writer.ts";
import type { StepReport } from "../step/step.ts";

/** One call of an MTLSClient: `client.post(url, headers, body, options)`. */
interface MtlsCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly method: string;
  readonly options: LiteralArgument | undefined;
}

/** Makes the verification of certificates explicit: V2 verifies them only when it is told to. */
export function convertMtlsClients({ model, report }: ClientWriter): void {
  const { clients, uses, escapes } = followedClients(model, "MTLSClient");
  for (const { node, what } of escapes) {
    report.refuse("client-escapes", node, { name: "MTLSClient", what });
  }
  const found = uses.map((use) => ({ use, method: methodCallOf(model, use) }));
  const calls = new Set(found.flatMap(({ method }) => method?.call ?? []));
  const literals = new Set<ESTree.ObjectExpression>();
  for (const { use, method } of found) {
    if (method === undefined || method.call.optional || !mtlsMethods.has(method.method)) {
      const what = "is used in another way than by calling its methods";
      report.refuse("client-escapes", use.node, { name: "MTLSClient", what });
    } else {
      const options = readOptions(model, method.call, calls, report);
      convertCall(model, report, { ...method, options }, literals);
    }
  }
  const [first] = clients;
  if (first !== undefined) {
    report.declare("mtls-client", first.call);
    report.followUp("mtls-certificates", first.call);
  }
}

/** The options of a call; refused when they can't be told. */
function readOptions(
  model: Model,
  call: ESTree.SimpleCallExpression,
  calls: ReadonlySet<Node>,
  report: StepReport,
): LiteralArgument | undefined {
  const argument = call.arguments[3];
  const spread = call.arguments.find(({ type }) => type === "SpreadElement");
  if (spread !== undefined || call.arguments.length === 0) {
    report.refuse("mtls-call", spread ?? call, { what: "has arguments that can't be told apart" });
    return undefined;
  }
  if (argument === undefined || model.isGlobal(argument, "undefined")) {
    return undefined;
  }
  const isOptions = (read: Node): boolean => {
    const parent = model.parentOf(read);
    return parent?.type === "CallExpression" && calls.has(parent) && parent.arguments[3] === read;
  };
  const options = literalArgument(model, argument, isOptions);
  if (options === undefined) {
    report.refuse("mtls-call", argument, { what: "has options that are no literal with plain keys" });
  }
  return options;
}

function convertCall(model: Model, report: StepReport, found: MtlsCall, literals: Set<ESTree.ObjectExpression>): void {
  checkBody(model, report, found);
  const { call, options } = found;
  const selfSigned = options?.properties.get("allowSelfSigned");
  if (selfSigned !== undefined && booleanOf(model, selfSigned.value) === undefined) {
    report.refuse("mtls-call", selfSigned, { what: "has an `allowSelfSigned` that is known at run time only" });
  }
  const timeout = options?.properties.get("timeout");
  if (timeout !== undefined) {
    report.declare("mtls-timeout", timeout);
  }
  if (options === undefined) {
    addOptions(model, report, call);
  } else if (selfSigned === undefined && !literals.has(options.literal)) {
    literals.add(options.literal);
    const editor = new LiteralEditor(model, report.edits, options.literal);
    editor.add(ADDED, "last");
    editor.finish();
  }
}

const ADDED = "allowSelfSigned: false";

/** Passes the options in the fourth place. */
function addOptions(model: Model, report: StepReport, call: ESTree.SimpleCallExpression): void {
  const [url, headers, body, nothing] = call.arguments;
  const last = nothing ?? body ?? headers ?? url;
  if (last === undefined) {
    return;
  }
  if (nothing !== undefined) {
    report.edits.replace(rangeOf(nothing), `{ ${ADDED} }`);
    return;
  }
  const missing = [headers, body].filter((argument) => argument === undefined).map(() => "undefined, ");
  report.edits.insert(withParentheses(model, last)[1], `, ${missing.join("")}{ ${ADDED} }`);
}

/** Bodies that V2 rejects, or sends in another form. */
function checkBody(model: Model, report: StepReport, { call, method, options }: MtlsCall): void {
  const body = call.arguments[2];
  if (body === undefined || isNullish(body)) {
    return;
  }
  const json = options?.properties.get("json");
  const isJson = json === undefined ? false : booleanOf(model, json.value);
  const isObject = /^(?:Object|Array)Expression$/u.test(followConstant(model, body).type);
  if (mtlsMethods.get(method) === false && stringOf(model, body) === "") {
    // Nothing was sent: the text only fills the place.
    report.edits.replace(rangeOf(body), "undefined");
  } else if (mtlsMethods.get(method) === false) {
    report.refuse("mtls-call", body, { what: `sends a body with ${method.toUpperCase()}, which V2 rejects` });
  } else if (isJson === undefined && json !== undefined) {
    report.refuse("mtls-call", json, { what: "has a `json` that is neither `true` nor `false` in the code" });
  } else if (isObject && isJson === false) {
    report.refuse("mtls-call", body, { what: "sends an object without `json: true`, which V2 rejects" });
  } else if (isJson === true && isText(model, body)) {
    const what = "sends text with `json: true`, which V2 encodes once more; pass the value itself";
    report.refuse("mtls-call", body, { what });
  } else if (isJson === true && !isObject) {
    report.declare("mtls-json-body", body);
  }
}
