import type { Property } from "estree";
import { createModel } from "../../analysis/code/model.ts";
import type { Model } from "../../analysis/code/model.ts";
import { parseSource } from "../../analysis/code/parse.ts";
import { isShorthand, rangeOf } from "../../analysis/code/tree.ts";
import { findHttpCalls } from "../../analysis/http/calls.ts";
import { findKeptOptions } from "../../analysis/http/kept-options.ts";
import type { KeptOptions } from "../../analysis/http/kept-options.ts";
import { readRequest } from "../../analysis/http/request.ts";
import { findOuterTransforms, onlyRead } from "../../analysis/http/transforms.ts";
import type { OuterTransform } from "../../analysis/http/transforms.ts";
import { findUrlCredentials } from "../../analysis/http/url-credentials.ts";
import type { StepReport } from "../step/step.ts";
import { withParentheses } from "../text/parentheses.ts";
import { EditList } from "../text/edit-list.ts";
import { LiteralEditor } from "../text/literal.ts";
import { removeDeclared } from "../text/remove-declared.ts";
import { statementRange } from "../text/layout.ts";

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
      text: isShorthand(model.parentOf(read)) ? `${model.textOf(read)}: ${response}.body` : `${response}.body`,
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

/** Options that hold what is sent. */
const READ: ReadonlySet<string> = new Set(["uri", "url", "headers", "body", "form", "qs", "auth"]);

/** What an option is where the request is made. */
function optionText(model: Model, { name }: KeptOptions, option: string, property: Property | undefined): string {
  const value = isFlag(option, property) ? model.textOf(property.value) : `${name}.${option}`;
  return `${option}: ${value}`;
}

/** True for an option that says how, not what: its value is the same wherever it is written. */
function isFlag(option: string, property: Property | undefined): property is Property {
  const isSwitch = property?.value.type === "Literal" && typeof property.value.value !== "string";
  return isSwitch || (property?.value.type === "Literal" && !READ.has(option));
}

/** Lets requests read options one by one out of a constant that is used elsewhere too: then they can be rewritten in place. */
export function exposeKeptOptions(model: Model, report: StepReport): void {
  const http = findHttpCalls(model);
  for (const kept of findKeptOptions(model, http)) {
    const trial = new EditList();
    writeKept(model, trial, kept);
    if (arePlain(trial.applyTo(model.text).text, http.calls.length + kept.requests.length)) {
      writeKept(model, report.edits, kept);
      return;
    }
  }
}

function writeKept(model: Model, edits: EditList, kept: KeptOptions): void {
  const options = [...kept.properties].map(([option, property]) => optionText(model, kept, option, property));
  for (const request of kept.requests) {
    edits.replace(rangeOf(request), `{ ${options.join(", ")} }`);
  }
  removeCopied(model, edits, kept);
}

/** Flags that are written at the requests now, and that nobody reads any more. */
function removeCopied(model: Model, edits: EditList, kept: KeptOptions): void {
  if (!kept.isOnlySent) {
    return;
  }
  const editor = new LiteralEditor(model, edits, kept.literal);
  for (const [option, property] of kept.properties) {
    if (isFlag(option, property)) {
      editor.remove(property);
    }
  }
  if (editor.becomesEmpty) {
    removeDeclared(model, edits, [kept.declarator], (statement) => statementRange(model, statement));
  } else {
    editor.finish();
  }
}

/** True when that many requests of the text can be rewritten in place. */
function arePlain(text: string, count: number): boolean {
  const model = createModel(parseSource(text));
  return findHttpCalls(model).calls.filter((call) => "call" in readRequest(model, call)).length === count;
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
