import type * as ESTree from "estree";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { secretError, secretErrors } from "../../platform/toolbelt-clients.ts";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findModuleUses } from "../modules/uses.ts";
import { findSecretReads } from "../secrets/reads.ts";
import { changedTexts } from "./changed-clients.ts";
import type { TextChanges } from "./changed-clients.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";

const { legacy, modern } = secretError;

/** `error instanceof SecretError`, and the name or property in it that names the class. */
export interface ClassTest {
  readonly test: ESTree.BinaryExpression;
  readonly variable: ESTree.Identifier;
  readonly name: Node;
}

export interface SecretErrorPlan {
  readonly texts: TextChanges;
  readonly tests: readonly ClassTest[];
  /** What takes the class from the toolbelt by name. */
  readonly taken: readonly Node[];
  readonly problems: readonly Problem[];
}

/** How a file tells errors of secrets: by their class, and by their wording. */
export function planSecretErrors(model: Model): SecretErrorPlan {
  const hasClient = toolbeltUseOf(model).clients.some(
    ({ factory, source }) => factory === "SecretClient" && source === legacyToolbelt,
  );
  const isRead = hasClient || findSecretReads(model).length > 0;
  const texts = isRead ? changedTexts(model, "SecretClient", secretErrors) : { changes: [], problems: [] };
  const found = [...namedUses(model), ...memberUses(model)];
  return {
    texts,
    tests: found.flatMap((each) => ("test" in each ? [each] : [])),
    taken: found.flatMap((each) => ("taken" in each ? [each.taken] : [])),
    problems: [...texts.problems, ...found.flatMap((each) => ("id" in each ? [each] : []))],
  };
}

type Found = ClassTest | Problem | { readonly taken: Node };

function problem(node: Node, what: string): Problem {
  return { id: "toolbelt-error-class", node, data: { what } };
}

const TAKEN = "takes it in a way that is not rewritten";

/** `const { SecretError } = require(…)`, and every read of that name. */
function namedUses(model: Model): Found[] {
  const names = findModuleUses(model)
    .filter(({ source }) => source === legacyToolbelt)
    .flatMap((use) => use.names ?? [])
    .filter(({ imported }) => imported === legacy);
  return names.flatMap(({ local }): Found[] => {
    if (model.isNameTaken(modern)) {
      // The new name means something in the file already.
      return [{ id: "import-name-clash", node: local, data: { name: modern, where: "" } }];
    }
    const property = model.parentOf(local);
    const variable = model.variableOf(local);
    const isTaken = property?.type === "Property" || property?.type === "ImportSpecifier";
    return [
      ...(variable === undefined ? [] : readsOf(variable)).map((read) => testOf(model, read, read)),
      isTaken ? { taken: property } : problem(local, TAKEN),
    ];
  });
}

/** Every `toolbelt.SecretError`. */
function memberUses(model: Model): Found[] {
  return findModuleUses(model).flatMap(({ source, names, whole, node }): Found[] => {
    if (source !== legacyToolbelt) {
      return [];
    }
    const variable = whole === undefined ? undefined : model.variableOf(whole);
    return (variable === undefined ? [node] : readsOf(variable)).flatMap((read): Found[] => {
      const member = model.parentOf(read);
      if (member?.type !== "MemberExpression" || member.object !== read || staticName(member) !== legacy) {
        return [];
      }
      if (model.parentOf(member)?.type !== "VariableDeclarator") {
        return [testOf(model, member, member.property)];
      }
      return names === undefined ? [problem(member, TAKEN)] : [];
    });
  });
}

function testOf(model: Model, read: Node, name: Node): ClassTest | Problem {
  const test = model.parentOf(read);
  if (test?.type !== "BinaryExpression" || test.operator !== "instanceof" || test.right !== read) {
    return problem(read, "uses it for more than `instanceof`");
  }
  return test.left.type === "Identifier"
    ? { test, variable: test.left, name }
    : problem(read, "tests an expression that is not a variable");
}
