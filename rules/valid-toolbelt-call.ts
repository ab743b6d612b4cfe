import { rangeOf } from "../src/analysis/code/tree.ts";
import { findWrongClientCalls, findWrongImports } from "../src/analysis/toolbelt/wrong-uses.ts";
import type { WrongToolbeltUse } from "../src/analysis/toolbelt/wrong-uses.ts";
import { findWrongConstants } from "../src/analysis/toolbelt/wrong-arguments.ts";
import { findFactoryCallsOfToolbelt } from "../src/analysis/toolbelt/factory-calls.ts";
import { findMistakenToolbelt } from "../src/analysis/toolbelt/mistaken-toolbelt.ts";
import type { MistakenToolbelt } from "../src/analysis/toolbelt/mistaken-toolbelt.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { FunctionFile } from "../src/lint/function-file.ts";
import { modernClients } from "../src/platform/client-creation.ts";
import { clientMethods, lpClientLeftovers } from "../src/platform/modern-members.ts";
import type { ArgumentShape } from "../src/platform/method-signatures.ts";
import {
  constantMembers,
  legacyFactories,
  legacyToolbelt,
  modernExports,
  modernToolbelt,
} from "../src/platform/toolbelt.ts";
import { memberAdvice, secretError } from "../src/platform/toolbelt-clients.ts";

export default createRule({
  id: "valid-toolbelt-call",
  meta: {
    type: "problem",
    docs: {
      description: "Require uses of the toolbelt that the toolbelt understands",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      calledToolbelt:
        "`{{text}}` is no function and makes no toolbelt. Take its members as they are: `Toolbelt.SecretClient()`.",
      constructedFactory: "`Toolbelt.{{name}}` is a function and no class, so `new` fails. Call it without `new`.",
      uncalledFactory: "`Toolbelt.{{name}}` makes a client only when it is called. Write `Toolbelt.{{name}}()`.",
      missingExport: `\`${modernToolbelt}\` has no export \`{{name}}\`, so this is \`undefined\`: {{advice}}.`,
      export: `\`${modernToolbelt}\` has no export \`{{name}}\`, so the function does not load: {{advice}}.`,
      defaultExport: `\`${modernToolbelt}\` has no default export, so the function does not load. Import { Toolbelt }.`,
      factory: "The toolbelt has no `{{name}}`: {{advice}}.",
      method: "`{{factory}}` has no `{{name}}`: {{advice}}.",
      contextObject: "ContextServiceClient of V2 takes the API key alone. Pass the key instead of an object.",
      lpOptions: "LpClient fails without its third argument. Pass at least `{}`.",
      lpOption: "LpClient of V2 takes the options of fetch and ignores `{{name}}`: {{advice}}.",
      lpBody: 'LpClient of V2 sends this body as "[object Object]" or as joined text. Send `JSON.stringify(…)`.',
      argument: "`{{method}}` needs {{wanted}} here.",
      surplusArgument: "`{{method}}` does not look at this argument. Leave it out.",
      missingArgument: "`{{method}}` lacks an argument: it needs {{wanted}}.",
      missingMember: "This entry has no `{{name}}`, so `{{method}}` fails. Pass `{ key, value }`.",
      constant: "`{{of}}` has no `{{name}}`: {{advice}}.",
      service: "The platform finds services by their exact names. Write `{{name}}`.",
      mtlsCertificates:
        "MTLSClient of V2 accepts any certificate unless `allowSelfSigned` is false. Pass `{ allowSelfSigned: false }` as fourth argument, or `true` if you mean that.",
    },
  },
  *check(file) {
    for (const { factory, source, callee } of findFactoryCallsOfToolbelt(file.model)) {
      const known = source === undefined ? undefined : factoriesOf(source);
      if (known !== undefined && !known.includes(factory)) {
        const range = rangeOf(callee.type === "MemberExpression" ? callee.property : callee);
        const advice = factory === "HTTPClient" ? "use `fetch`" : memberAdvice(factory, known);
        yield { range, messageId: "factory", data: { name: factory, advice } };
      }
    }
    for (const mistaken of findMistakenToolbelt(file.model)) {
      yield { range: rangeOf(mistaken.node), ...messageForMistaken(file, mistaken) };
    }
    for (const use of wrongUses(file)) {
      yield { range: rangeOf(use.node), ...messageFor(use) };
    }
  },
});

function wrongUses({ model }: FunctionFile): WrongToolbeltUse[] {
  return [...findWrongImports(model), ...findWrongClientCalls(model), ...findWrongConstants(model)];
}

function messageForMistaken({ model }: FunctionFile, mistaken: MistakenToolbelt) {
  switch (mistaken.kind) {
    case "called-toolbelt":
      return { messageId: "calledToolbelt", data: { text: model.textOf(mistaken.node) } } as const;
    case "constructed-factory":
      return { messageId: "constructedFactory", data: { name: mistaken.factory } } as const;
    case "uncalled-factory":
      return { messageId: "uncalledFactory", data: { name: mistaken.factory } } as const;
    case "missing-export":
      return {
        messageId: "missingExport",
        data: { name: mistaken.name, advice: memberAdvice(mistaken.name, [...modernExports]) },
      } as const;
  }
}

function factoriesOf(source: string): string[] {
  return source === legacyToolbelt ? [...legacyFactories.keys()] : [...modernClients.keys()];
}

const WANTED: Readonly<Record<ArgumentShape, string>> = {
  text: "a text",
  name: "a text",
  object: "an object",
  entry: "an object with `key` and `value`",
  list: "a list",
  any: "a value",
};

function messageFor(use: WrongToolbeltUse) {
  switch (use.kind) {
    case "export": {
      const { name } = use;
      const advice =
        name === secretError.legacy ? `use \`${secretError.modern}\`` : memberAdvice(name, [...modernExports]);
      return { messageId: "export", data: { name, advice } } as const;
    }
    case "default-export":
      return { messageId: "defaultExport" } as const;
    case "method": {
      const { name, factory } = use;
      const advice = memberAdvice(
        name,
        [...(clientMethods.get(factory) ?? [])].filter((each) => each !== "writeSecret"),
      );
      return { messageId: "method", data: { name, factory, advice } } as const;
    }
    case "context-object":
      return { messageId: "contextObject" } as const;
    case "lp-options":
      return { messageId: "lpOptions" } as const;
    case "lp-option":
      return {
        messageId: "lpOption",
        data: { name: use.name, advice: lpClientLeftovers.get(use.name) ?? "leave it out" },
      } as const;
    case "lp-body":
      return { messageId: "lpBody" } as const;
    case "wrong-argument":
      return { messageId: "argument", data: { method: use.method, wanted: WANTED[use.wanted] } } as const;
    case "surplus-argument":
      return { messageId: "surplusArgument", data: { method: use.method } } as const;
    case "missing-argument":
      return { messageId: "missingArgument", data: { method: use.method, wanted: WANTED[use.wanted] } } as const;
    case "missing-member":
      return { messageId: "missingMember", data: { method: use.method, name: use.name } } as const;
    case "constant": {
      const advice = memberAdvice(use.name, [...(constantMembers.get(use.of) ?? [])]);
      return { messageId: "constant", data: { name: use.name, of: use.of, advice } } as const;
    }
    case "service":
      return { messageId: "service", data: { name: use.name } } as const;
    case "mtls-certificates":
      return { messageId: "mtlsCertificates" } as const;
  }
}
