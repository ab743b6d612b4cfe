import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { findOuterTransforms, onlyRead } from "../../analysis/http/transforms.ts";
import type { OuterTransform } from "../../analysis/http/transforms.ts";
import { findUrlCredentials } from "../../analysis/http/url-credentials.ts";
import type { StepReport } from "../step/step.ts";
import { withParentheses } from "../text/parentheses.ts";
import { LiteralEditor } from "../text/literal.ts";

/** Calls the function in the option `transform` with the result of the request. */
export function exposeTransform(model: Model, report: StepReport): void {
  const [found] = findOuterTransforms(model);
  const { options, call } = found?.request ?? {};
  if (found === undefined || options === undefined || call === undefined) {
    return;
  }
  report.declare("transform-outside", found.property);
  const { edits } = report;
  const editor = new LiteralEditor(model, edits, options.literal);
  editor.remove(found.property);
  const onlyGood = options.properties.get("transform2xxOnly");
  if (onlyGood !== undefined) {
    editor.remove(onlyGood);
  }
  const full = options.properties.get("resolveWithFullResponse");
  if (found.response !== undefined && full === undefined) {
    editor.add("resolveWithFullResponse: true", found.property);
  } else if (found.response !== undefined && full !== undefined) {
    edits.replace(rangeOf(full.value), "true");
  }
  editor.finish();
  const { awaited } = found.request;
  const read = onlyRead(found, model);
  if (found.response === undefined && awaited !== undefined && read !== undefined) {
    const [start, end] = rangeOf(found.transform.body);
    const [readStart, readEnd] = rangeOf(read);
    const { text } = model;
    // An argument needs no parentheses.
    const [open, close] = model.parentOf(read)?.type === "MemberExpression" ? ["(", ")"] : ["", ""];
    edits.insert(rangeOf(awaited)[0], text.slice(start, readStart) + open);
    edits.insert(rangeOf(awaited)[1], close + text.slice(readEnd, end));
  } else {
    edits.insert(rangeOf(call)[1], `.then(${transformText(model, found)})`);
  }
}

/** The function as one that takes the result: the body, or the response where it is read. */
function transformText(model: Model, { transform, bodyReads, response }: OuterTransform): string {
  if (response === undefined) {
    return model.textOf(transform);
  }
  const [body, second] = transform.params;
  const [start] = rangeOf(transform);
  const places = [
    ...bodyReads.map((read) => ({
      range: rangeOf(read),
      text: isShorthand(model, read) ? `${model.textOf(read)}: ${response}.body` : `${response}.body`,
    })),
    ...(body === undefined || second === undefined
      ? []
      : [{ range: [rangeOf(body)[0], rangeOf(second)[0]] as const, text: "" }]),
  ].toSorted((a, b) => b.range[0] - a.range[0]);
  return places.reduce(
    (text, { range: [from, to], text: by }) => text.slice(0, from - start) + by + text.slice(to - start),
    model.textOf(transform),
  );
}

function isShorthand(model: Model, read: Node): boolean {
  const parent = model.parentOf(read);
  return parent?.type === "Property" && parent.shorthand;
}

/** Moves credentials out of a URL into the option `auth`, which says the same. */
export function exposeCredentials(model: Model, report: StepReport): void {
  for (const { request, url, range, user, password } of findUrlCredentials(model)) {
    report.followUp("credentials-in-code", url);
    report.edits.remove(range);
    const auth = `auth: { user: ${JSON.stringify(user)}, pass: ${JSON.stringify(password)} }`;
    if (request.options === undefined) {
      report.edits.insert(withParentheses(model, url)[1], `, { ${auth} }`);
    } else {
      const editor = new LiteralEditor(model, report.edits, request.options.literal);
      editor.add(auth, "last");
      editor.finish();
    }
  }
}
