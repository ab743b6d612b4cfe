import { findUnloadableImports } from "../src/analysis/modules/wrong-imports.ts";
import type { WrongImport } from "../src/analysis/modules/wrong-imports.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "valid-imports",
  meta: {
    type: "problem",
    docs: { description: "Require imports that V2 can load", configs: { recommended: "error" } },
    messages: {
      file: "A function is one file on the platform, so this import fails. Write what it needs into this file.",
      package: "V2 has no `{{name}}`, so the function does not load. Use {{instead}}.",
      address:
        "The platform loads no code from the network, so the function does not load. Write what it needs into this file.",
      noEnding:
        "An ES module finds no `{{name}}`, so the function does not load. Import the default of `{{source}}`, and take the member from it.",
      noDefault: "`{{name}}` has no default export, so the function does not load. Import the names that you use.",
      noNames:
        "An ES module finds no names in `{{source}}`, so the function does not load. Import the default, and take `{{name}}` from it.",
      noSuchName: "`{{source}}` has no export `{{name}}`, so the function does not load. Correct the name.",
    },
  },
  *check({ model, runtime }) {
    for (const wrong of runtime === "v2" ? findUnloadableImports(model) : []) {
      yield { range: rangeOf(wrong.node), ...messageFor(wrong) };
    }
  },
});

function messageFor(wrong: WrongImport) {
  switch (wrong.kind) {
    case "file":
      return { messageId: "file" } as const;
    case "package":
      return { messageId: "package", data: { name: wrong.name, instead: wrong.instead } } as const;
    case "address":
      return { messageId: "address" } as const;
    case "no-ending":
      return { messageId: "noEnding", data: { name: wrong.name, source: wrong.source } } as const;
    case "no-default":
      return { messageId: "noDefault", data: { name: wrong.name } } as const;
    case "no-names":
      return { messageId: "noNames", data: { name: wrong.name, source: wrong.source } } as const;
    case "no-such-name":
      return { messageId: "noSuchName", data: { name: wrong.name, source: wrong.source } } as const;
  }
}
