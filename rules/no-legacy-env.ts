import { rangeOf } from "../src/analysis/code/tree.ts";
import { environmentOf } from "../src/analysis/runtime/environment.ts";
import type { EnvironmentUse } from "../src/analysis/runtime/environment.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { renameVariable } from "../src/edits/modules/environment.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";
import { ownEnvironmentOf } from "../src/lint/own-environment.ts";
import { removedVariables, renamedVariables } from "../src/platform/environment.ts";

interface Options {
  readonly own: readonly string[];
  readonly checkPossible: boolean;
}

export default createRule<"renamed" | "possibleSet" | "possibleRemoved", Options>({
  id: "no-legacy-env",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow environment variables that only V1 sets",
      configs: { recommended: "error", strict: ["error", { checkPossible: true }] },
      transform: "environment-names",
    },
    messages: {
      renamed: "V2 sets `{{modern}}` where V1 set `{{name}}`. Read `{{modern}}`.",
      possibleSet:
        "V2 sets `{{modern}}` where V1 set `{{name}}`, and this sets `{{name}}` itself: code that reads it earlier gets nothing. Use a name of your own, or set `{{modern}}`.",
      possibleRemoved: "V1 set `{{name}}`, V2 does not. Define it in the function's `config.json`, or stop using it.",
    },
    isFixable: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          own: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            description: "Names that your functions define elsewhere than in the `config.json` beside them.",
          },
          checkPossible: {
            type: "boolean",
            description:
              "Whether to report variables that V1 set and V2 has no other name for, and those that the function sets itself.",
          },
        },
      },
    ],
    defaultOptions: [{ own: [], checkPossible: false }],
  },
  *check(file, { checkPossible, ...options }) {
    const named = isMigrationDue(file) ? environmentOf(file.model).uses.filter(({ name }) => isOfPlatform(name)) : [];
    // Few files name such a variable: the config.json of the others is not read.
    const ofConfig = named.length === 0 ? [] : ownEnvironmentOf(file.path);
    const own = new Set([...options.own, ...ofConfig]);
    const uses = named.filter(({ name }) => !own.has(name));
    const set = new Set(uses.flatMap(({ name, isWrite }) => (isWrite ? name : [])));
    for (const { name, key } of checkPossible ? uses.filter(({ isWrite }) => isWrite) : []) {
      const modern = renamedVariables.get(name);
      if (modern !== undefined) {
        yield { range: rangeOf(key), messageId: "possibleSet", data: { name, modern } };
      }
    }
    for (const use of uses.filter(({ name }) => !set.has(name))) {
      const { name, key } = use;
      const modern = renamedVariables.get(name);
      if (modern !== undefined) {
        const fix = use.isIndirect ? undefined : renaming(use, modern);
        yield { range: rangeOf(key), messageId: "renamed", data: { name, modern }, fix };
      } else if (checkPossible && removedVariables.has(name)) {
        yield { range: rangeOf(key), messageId: "possibleRemoved", data: { name } };
      }
    }
  },
});

function isOfPlatform(name: string): boolean {
  return renamedVariables.has(name) || removedVariables.has(name);
}

function renaming(use: EnvironmentUse, modern: string): EditList {
  const edits = new EditList();
  renameVariable(edits, use, modern);
  return edits;
}
