import type { Node } from "jsonc-parser";

import { findSecretValue } from "../analysis/secrets/classify.ts";
import { EditList } from "../edits/text/edit-list.ts";
import { fillSentence, followUps } from "../platform/remarks.ts";
import { ConfigReport } from "./config-report.ts";
import { parseJson, placeAt, propertiesNamed, propertiesOf, rangeOfJson } from "./json-text.ts";
import type { JsonProperty } from "./json-text.ts";
import type { Remark, SourceResult } from "./result.ts";

/** One entry of V1's list. */
interface Variable {
  readonly entry: Node;
  readonly key: JsonProperty;
  readonly value: JsonProperty;
}

/**
 * Turns the `environmentVariables` of a function's config.json from V1's list of `{ key, value }` into V2's object.
 * Every byte that does not belong to the list stays as it is.
 */
export function migrateFunctionConfig(text: string): SourceResult {
  const report = new ConfigReport(text);
  const list = findList(text, report);
  if (list === undefined) return report.finish(new EditList());
  const variables = (list.children ?? []).flatMap((entry) => readVariable(entry, report) ?? []);
  const kept = withoutDuplicates(withoutNameless(variables, report), report);
  for (const { key, value } of kept) reportSecret(key, value, report);
  const edits = new EditList();
  edits.replace(rangeOfJson(list), objectText(text, list, kept));
  return report.finish(edits);
}

/** What is to be tried out for a function that an event invokes; undefined for one that only callers invoke. */
export function eventFollowUp(text: string): Remark | undefined {
  const json = parseJson(text);
  const event = "problem" in json ? undefined : propertiesNamed(json.root, "event").at(-1);
  if (event === undefined || event.value.type !== "string") return undefined;
  const name = textOf(event);
  if (name === "" || name === "No Event") return undefined;
  const message = fillSentence(followUps["event-result"].short, { event: name });
  return { id: "event-result", message, ...placeAt(text, event.value.offset) };
}

/** The list of V1; undefined when there is none, or the file is refused. */
function findList(text: string, report: ConfigReport): Node | undefined {
  const json = parseJson(text);
  if ("problem" in json) {
    const { id, offset, data } = json.problem;
    report.refuse(id, offset, data);
    return undefined;
  }
  if (json.root.type !== "object") {
    report.refuse("config-shape", json.root.offset, { what: "this file holds no object" });
    return undefined;
  }
  const [property, second] = propertiesNamed(json.root, "environmentVariables");
  if (second !== undefined) {
    report.refuse("config-shape", second.node.offset, { what: "`environmentVariables` stands here a second time" });
    return undefined;
  }
  const variables = property?.value;
  // Absent, empty, or V2's object: nothing to do.
  if (variables === undefined || variables.type === "null" || variables.type === "object") return undefined;
  if (variables.type === "array") return variables;
  report.refuse("config-shape", variables.offset, { what: "`environmentVariables` is not a list" });
  return undefined;
}

function readVariable(entry: Node, report: ConfigReport): Variable | undefined {
  const properties = propertiesOf(entry);
  const [key, value] = ["key", "value"].map((name) => properties.find((property) => property.name === name));
  if (key === undefined || value === undefined || properties.length > 2) {
    report.refuse("config-shape", entry.offset, { what: "this entry is not of the form `{ key, value }`" });
    return undefined;
  }
  const odd = [key, value].find((property) => property.value.type !== "string");
  if (odd !== undefined) {
    report.refuse("config-shape", odd.value.offset, {
      what: `the ${odd.name} of this variable is not a text in quotes`,
    });
    return undefined;
  }
  return { entry, key, value };
}

function textOf({ value }: JsonProperty): string {
  return String(value.value);
}

/** The command line's own template has an entry without name and value; no code can read such a variable. */
function withoutNameless(variables: readonly Variable[], report: ConfigReport): Variable[] {
  return variables.filter(({ entry, key, value }) => {
    if (textOf(key) !== "") return true;
    if (textOf(value) !== "") report.notice("variable-without-name", entry.offset);
    return false;
  });
}

/**
 * The same variable twice is refused unless the values are the same: run locally, the last one wins, because each is
 * set in turn; what V1 did in the cloud is not known.
 */
function withoutDuplicates(variables: readonly Variable[], report: ConfigReport): Variable[] {
  const known = new Map<string, string>();
  return variables.filter(({ entry, key, value }) => {
    const [name, earlier] = [textOf(key), known.get(textOf(key))];
    known.set(name, earlier ?? textOf(value));
    if (earlier !== undefined && earlier !== textOf(value)) report.refuse("variable-twice", entry.offset, { name });
    return earlier === undefined;
  });
}

function reportSecret(key: JsonProperty, value: JsonProperty, report: ConfigReport): void {
  const name = textOf(key);
  const found = findSecretValue(name, textOf(value));
  if (found === undefined) return;
  report.followUp("secret-in-environment", value.value.offset, { name, what: found.what, masked: found.masked });
}

/** The object in the layout of the list: its line breaks and indentation, and its space behind the colon. */
function objectText(text: string, list: Node, kept: readonly Variable[]): string {
  const [first] = kept;
  if (first === undefined) return "{}";
  const colon = text.slice(first.key.key.offset + first.key.key.length, first.key.value.offset);
  const entries = kept.map(({ key, value }) => sourceOf(text, key.value) + colon + sourceOf(text, value.value));
  const { before, between, after } = layoutOf(text, list);
  return `{${before}${entries.join(`,${between}`)}${after}}`;
}

function sourceOf(text: string, node: Node): string {
  return text.slice(...rangeOfJson(node));
}

interface ListLayout {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

function layoutOf(text: string, list: Node): ListLayout {
  const entries = list.children ?? [];
  const [first, second] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return { before: "", between: "", after: "" };
  const [start, end] = rangeOfJson(list);
  const before = text.slice(start + 1, first.offset);
  const after = text.slice(last.offset + last.length, end - 1);
  if (before.includes("\n")) return { before, between: before, after };
  if (sourceOf(text, first).includes("\n")) return unfolded(text, list, first);
  const comma = second === undefined ? ", " : text.slice(first.offset + first.length, second.offset);
  return { before, between: comma.slice(comma.indexOf(",") + 1), after };
}

/** The layout for a list that opens as `[{`: a variable a line, indented as the properties of its entries were. */
function unfolded(text: string, list: Node, first: Node): ListLayout {
  const [property] = first.children ?? [];
  const inner = text.slice(first.offset + 1, property?.offset ?? first.offset + 1);
  const line = text.slice(text.lastIndexOf("\n", list.offset) + 1, list.offset);
  const [outer = ""] = /^[ \t]*/u.exec(line) ?? [];
  return { before: inner, between: inner, after: `${inner.includes("\r") ? "\r\n" : "\n"}${outer}` };
}
