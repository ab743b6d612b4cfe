import { rangeOf } from "../src/analysis/code/tree.ts";
import { findEnvironmentSecrets, secretClientAt } from "../src/analysis/secrets/environment-secrets.ts";
import type { EnvironmentSecret } from "../src/analysis/secrets/environment-secrets.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findSecretValue, isFilledSecret } from "../src/analysis/secrets/classify.ts";
import type { SecretFinding } from "../src/analysis/secrets/classify.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { Problem, Suggestion } from "../src/lint/create-rule.ts";
import type { JsonMember, JsonNode } from "../src/lint/json-file.ts";

interface Options {
  readonly allow: readonly string[];
  readonly checkPossible: boolean;
}

type MessageId = "variable" | "value" | "named" | "possibleValue" | "read";

export default createRule<MessageId, Options>({
  id: "no-env-secrets",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets in environment variables",
      configs: {
        recommended: "error",
        legacy: "error",
        json: "error",
        strict: ["error", { checkPossible: true }],
      },
    },
    hasSuggestions: true,
    messages: {
      variable:
        'The secret `{{name}}` must not be an environment variable: its value is in `config.json`. Move it to the secret storage and read it with `await secretClient.readSecret("{{name}}")`.',
      value:
        "`{{name}}` looks like {{what}}: {{masked}}. Move it to the secret storage, and replace it where it was issued.",
      named:
        "`{{name}}` is the name of a secret, and its value is here. Move it to the secret storage, and replace it where it was issued.",
      possibleValue: "`{{name}}` looks like {{what}}: {{masked}}. If it is one, move it to the secret storage.",
      read: 'Read it with `await {{client}}.readSecret("{{name}}")`; create the secret first.',
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          allow: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            description: "Names of variables that hold no secret.",
          },
          checkPossible: {
            type: "boolean",
            description: "Whether to report what may be a password in `config.json`.",
          },
        },
      },
    ],
    defaultOptions: [{ allow: [], checkPossible: false }],
  },
  *check({ model }, { allow }) {
    for (const secret of findEnvironmentSecrets(model)) {
      const { name, key } = secret;
      if (!allow.includes(name)) {
        yield { range: rangeOf(key), messageId: "variable", data: { name }, suggest: suggestion(model, secret) };
      }
    }
  },
  *checkJson({ root }, { allow, checkPossible }) {
    for (const { name, value } of variablesOf(root)) {
      const problem = allow.includes(name) ? undefined : valueProblem(name, value);
      if (problem !== undefined && (checkPossible || problem.messageId !== "possibleValue")) {
        yield problem;
      }
    }
  },
});

/** Offered where nothing else has to change: in an `async` function that can see a SecretClient. */
function suggestion(model: Model, { name, member }: EnvironmentSecret): Suggestion<MessageId>[] {
  const client = member === undefined ? undefined : secretClientAt(model, member);
  const isInChain = member !== undefined && (member.optional || model.parentOf(member)?.type === "ChainExpression");
  if (member === undefined || client === undefined || isInChain) {
    return [];
  }
  const [start, end] = rangeOf(member);
  if (rangeOf(model.statementOf(member))[0] === start) {
    // A statement that begins with a parenthesis may run on from the one before.
    return [];
  }
  const edits = new EditList();
  edits.replace([start, end], `(await ${client}.readSecret(${JSON.stringify(name)})).value`);
  return [{ messageId: "read", data: { name, client }, edits }];
}

interface JsonVariable {
  readonly name: string;
  readonly value: JsonNode;
}

function memberOf(node: JsonNode, name: string): JsonMember | undefined {
  return node.type === "object" ? node.members.findLast((member) => member.name === name) : undefined;
}

/** The variables of a `config.json`: a list of `{ key, value }` in V1, an object in V2. */
function variablesOf(root: JsonNode): JsonVariable[] {
  const variables = memberOf(root, "environmentVariables")?.value;
  if (variables?.type === "object") {
    return variables.members.map(({ name, value }) => ({ name, value }));
  }
  return (variables?.type === "array" ? variables.elements : []).flatMap((entry) => {
    const key = memberOf(entry, "key")?.value;
    const value = memberOf(entry, "value")?.value;
    return key?.type === "string" && value !== undefined ? [{ name: key.value, value }] : [];
  });
}

function valueProblem(name: string, value: JsonNode): Problem<MessageId> | undefined {
  const found = value.type === "string" ? findSecretValue(name, value.value) : undefined;
  if (found === undefined || found.confidence === "possible") {
    const isNamed = value.type === "string" && isFilledSecret(name, value.value);
    return isNamed ? { range: value.range, messageId: "named", data: { name } } : possibleProblem(name, value, found);
  }
  const { what, masked } = found;
  return { range: value.range, messageId: "value", data: { name, what, masked } };
}

function possibleProblem(
  name: string,
  { range }: JsonNode,
  found: SecretFinding | undefined,
): Problem<MessageId> | undefined {
  return found && { range, messageId: "possibleValue", data: { name, what: found.what, masked: found.masked } };
}
