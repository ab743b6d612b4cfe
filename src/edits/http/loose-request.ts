import { rangeOf } from "../../analysis/code/tree.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import type { LooseFacts } from "../../analysis/http/loose-request.ts";
import type { RequestFunction } from "./request-function.ts";
import type { Model } from "../../analysis/code/model.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { HttpWriter } from "./writer.ts";
import { readsErrorResponse } from "./request-helpers.ts";

/** What the `request` function of a file must know for all requests that go through it. */
export function requestFunctionFor(model: Model, requests: readonly LooseFacts[]): RequestFunction {
  const takesUrl = requests.every(({ call }) => call.urlArgument !== undefined);
  const extra = requests.flatMap(({ call }) => [
    ...(call.verb === undefined ? [] : ["method"]),
    ...(takesUrl || call.urlArgument === undefined ? [] : ["url"]),
  ]);
  return {
    names: new Set([...requests.flatMap(({ names }) => [...names]), ...extra]),
    takesUrl,
    canBeFull: requests.some(({ canBeFull }) => canBeFull),
    canBeHead: requests.some(({ canBeHead }) => canBeHead),
    canJsonBeBody: requests.some(({ canJsonBeBody }) => canJsonBeBody),
    // Another error than that of a request may have one as well.
    readsErrorResponse: readsErrorResponse(model) && statusErrorUseOf(model).fields.has("response"),
  };
}

/** What the braces of a literal hold, or `...options` of anything else. */
function spread(type: string, text: string): string {
  const parts = text.slice(1, -1).trim();
  return type === "ObjectExpression" && parts !== "" && !/\n|\/[/*]|,$/u.test(parts) ? parts : `...${text}`;
}

/** Turns a call of the client into a call of the file's `request` function; the options stay as they are. */
export function writeLooseRequest(writer: HttpWriter, { call }: LooseFacts, wanted: RequestFunction): void {
  const { edits, helpers, model } = writer;
  edits.replace(rangeOf(call.call.callee), helpers.use("request"));
  const { urlArgument, optionsArgument, verb } = call;
  const text = (node: typeof urlArgument): string =>
    node === undefined ? "" : edits.textOf(model.text, rangeOf(node));
  const movesUrl = urlArgument !== undefined && !wanted.takesUrl;
  if (!movesUrl && verb === undefined) {
    return;
  }
  const parts = [
    ...(movesUrl ? [`url: ${text(urlArgument)}`] : []),
    ...(optionsArgument === undefined ? [] : [spread(optionsArgument.type, text(optionsArgument))]),
    ...(verb === undefined ? [] : [`method: "${verb}"`]),
  ];
  const literal = `{ ${parts.join(", ")} }`;
  const [first, second = first] = call.call.arguments;
  if (first === undefined || second === undefined) {
    return;
  }
  if (movesUrl) {
    const [start] = withParentheses(model, first);
    edits.replaceWhole([start, withParentheses(model, second)[1]], literal);
  } else if (optionsArgument === undefined) {
    edits.insert(withParentheses(model, second)[1], `, ${literal}`);
  } else {
    edits.replaceWhole(rangeOf(optionsArgument), literal);
  }
}
