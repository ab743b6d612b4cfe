import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import { findModuleUses } from "../../analysis/modules/uses.ts";
import { findSecretReads } from "../../analysis/secrets/reads.ts";
import { toolbeltUseOf } from "../../analysis/toolbelt/creations.ts";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { secretError, secretErrors } from "../../platform/toolbelt-clients.ts";
import { convertErrorTexts } from "./changed-clients.ts";
import type { ClientWriter } from "./client-writer.ts";

const { legacy, modern, component } = secretError;

/** Tells V2's secret errors as V1's were told: by their class, and by their wording. */
export function convertSecretErrors(writer: ClientWriter): void {
  const { model } = writer;
  const hasClient = toolbeltUseOf(model).clients.some(
    ({ factory, source }) => factory === "SecretClient" && source === legacyToolbelt,
  );
  if (hasClient || findSecretReads(model).length > 0) {
    convertErrorTexts(writer, "SecretClient", secretErrors);
  }
  for (const { source, names, whole, node } of findModuleUses(model)) {
    if (source !== legacyToolbelt) {
      continue;
    }
    for (const { imported, local } of names ?? []) {
      if (imported === legacy) {
        convertName(writer, local);
      }
    }
    const variable = whole === undefined ? undefined : model.variableOf(whole);
    for (const read of variable === undefined ? [node] : readsOf(variable)) {
      const member = model.parentOf(read);
      if (member?.type === "MemberExpression" && member.object === read && staticName(member) === legacy) {
        if (model.parentOf(member)?.type !== "VariableDeclarator") {
          convertRead(writer, member, () => {
            writer.report.edits.replace(rangeOf(member.property), modern);
          });
        } else if (names === undefined) {
          refuseTaking(writer, member);
        }
      }
    }
  }
}

/** `const { SecretError } = require(…)`, and every read of that name. */
function convertName(writer: ClientWriter, local: ESTree.Identifier): void {
  const { model, report } = writer;
  const { edits } = report;
  const property = model.parentOf(local);
  const variable = model.variableOf(local);
  if (model.isNameTaken(modern)) {
    convertKnown(writer, local);
    return;
  }
  for (const read of variable === undefined ? [] : readsOf(variable)) {
    convertRead(writer, read, () => {
      edits.replace(rangeOf(read), modern);
    });
  }
  if (property?.type === "Property") {
    edits.replace(rangeOf(property), modern);
  } else if (property?.type === "ImportSpecifier") {
    edits.replace(rangeOf(property), modern);
  } else {
    refuseTaking(writer, local);
  }
}

function refuseTaking({ report }: ClientWriter, place: Node): void {
  report.refuse("toolbelt-error-class", place, { what: "takes it in a way that is not rewritten" });
}

/** The new name means something in the file already. */
function convertKnown({ report }: ClientWriter, local: ESTree.Identifier): void {
  report.refuse("import-name-clash", local, { name: modern, where: "" });
}

/** `err instanceof SecretError` becomes `err instanceof ToolBeltError && err.component === "SecretClient"`. */
function convertRead({ model, report }: ClientWriter, read: Node, rename: () => void): void {
  const test = model.parentOf(read);
  if (test?.type !== "BinaryExpression" || test.operator !== "instanceof" || test.right !== read) {
    report.refuse("toolbelt-error-class", read, { what: "uses it for something else than `instanceof`" });
    return;
  }
  if (test.left.type !== "Identifier") {
    report.refuse("toolbelt-error-class", read, { what: "tests something else than a variable" });
    return;
  }
  rename();
  const [start, end] = rangeOf(test);
  const needsParentheses = !bindsLooser(model, test);
  report.edits.insert(start, needsParentheses ? "(" : "");
  report.edits.insert(end, ` && ${test.left.name}.component === "${component}"${needsParentheses ? ")" : ""}`);
  report.declare("secret-error-class", test);
}

/** True where `a && b` can stand in the place of the expression without parentheses. */
function bindsLooser(model: Model, test: ESTree.BinaryExpression): boolean {
  const parent = model.parentOf(test);
  const [start, end] = rangeOf(test);
  const isEnclosed =
    model.text.slice(0, start).trimEnd().endsWith("(") && model.text.slice(end).trimStart().startsWith(")");
  switch (parent?.type) {
    case "LogicalExpression":
      return parent.operator !== "??";
    case "ConditionalExpression":
      return parent.test === test;
    case "UnaryExpression":
      return isEnclosed;
    case "IfStatement":
    case "WhileStatement":
    case "ReturnStatement":
    case "VariableDeclarator":
    case "ArrowFunctionExpression":
    case "AssignmentExpression":
    case "CallExpression":
    case "Property":
      return true;
    default:
      return false;
  }
}
