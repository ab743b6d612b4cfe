import type * as ESTree from "estree";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { findCliHazards, importedName } from "../src/analysis/modules/cli-hazards.ts";
import type { CliHazard } from "../src/analysis/modules/cli-hazards.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { lineEndingOf } from "../src/edits/text/layout.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "cli-safe-imports",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow module syntax that the platform's command line destroys in a local run",
      configs: { recommended: "error" },
    },
    messages: {
      alias:
        "The platform's command line can't run an import under another name. Import `{{imported}}`, and rename it with `const`.",
      mixed: "The platform's command line can't run one import of the default and of names. Write two imports.",
      namespace:
        "After a local run, the platform's command line leaves an import of the default here. Import the names that you use.",
      export: "The platform's command line can't run a file that exports; the platform finds the handler by its name.",
      await: "The platform's command line can't run a file with `await` outside of a function. Await in the handler.",
      meta: "The platform's command line can't run a file with `import.meta`. Remove it.",
      text: "The platform's command line mistakes this text for code, and changes it in a local run. Split the text.",
    },
    isFixable: true,
  },
  *check({ model, runtime }) {
    for (const hazard of runtime === "v2" ? findCliHazards(model) : []) {
      yield {
        range: hazard.range,
        messageId: hazard.kind,
        ...(hazard.kind === "alias" ? { data: { imported: importedName(hazard.specifier) } } : {}),
        fix: wayOut(model, hazard),
      };
    }
  },
});

function wayOut(model: Model, hazard: CliHazard): EditList | undefined {
  switch (hazard.kind) {
    case "alias":
      return useConst(model, hazard.specifier);
    case "mixed":
      return split(model, hazard.declaration);
    case "export":
      return removeExport(hazard.declaration);
    default:
      return undefined;
  }
}

/** Only where nothing runs between the imports, and nothing else has the name. */
function useConst(model: Model, specifier: ESTree.ImportSpecifier): EditList | undefined {
  const imported = importedName(specifier);
  const { body } = model.program;
  const last = body.findLast(({ type }) => type === "ImportDeclaration");
  const isTogether = body.slice(0, last === undefined ? 0 : body.indexOf(last)).every(isImport);
  if (last === undefined || !isTogether || imported === "default" || model.isNameTaken(imported)) {
    return undefined;
  }
  const local = specifier.local.name;
  const edits = new EditList();
  edits.replace(rangeOf(specifier), imported);
  edits.insert(rangeOf(last)[1], `${lineEndingOf(model.text)}const ${local} = ${imported};`);
  return edits;
}

function isImport({ type }: { readonly type: string }): boolean {
  return type === "ImportDeclaration";
}

function split(model: Model, declaration: ESTree.ImportDeclaration): EditList | undefined {
  const [first, second] = declaration.specifiers;
  if (first === undefined || second === undefined || model.commentsIn(rangeOf(declaration)).length > 0) {
    return undefined;
  }
  const source = model.textOf(declaration.source);
  const rest = model.text.slice(rangeOf(first)[1], rangeOf(declaration)[1]).replace(/^\s*,\s*/u, "");
  const edits = new EditList();
  edits.replace(
    rangeOf(declaration),
    `import ${model.textOf(first)} from ${source};${lineEndingOf(model.text)}import ${rest}`,
  );
  return edits;
}

/** `export` in front of a declaration says nothing to the platform. */
function removeExport(node: Extract<CliHazard, { kind: "export" }>["declaration"]): EditList | undefined {
  if (node.type !== "ExportNamedDeclaration" || node.declaration === null || node.declaration === undefined) {
    return undefined;
  }
  const edits = new EditList();
  edits.remove([rangeOf(node)[0], rangeOf(node.declaration)[0]]);
  return edits;
}
