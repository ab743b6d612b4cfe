import type * as ESTree from "estree";
import { rangeOf, walk } from "../../analysis/code/tree.ts";
import type { EditList } from "../../edits/text/edit-list.ts";

/** The name under which a function finds the `import()` of its simulated runtime; no user would choose it. */
export const IMPORT = "$faasImport";

/** Lets every `import()` call a function of that name instead of the loader of this process. */
export function redirectDynamicImports(program: ESTree.Program, edits: EditList): void {
  walk(program, (node) => {
    if (node.type === "ImportExpression") {
      const [start] = rangeOf(node);
      edits.replace([start, start + "import".length], IMPORT);
    }
    return undefined;
  });
}
