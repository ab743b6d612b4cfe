// Lays out the files of a new rule; `npm run update` and the tests then say what is missing.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

const repository = join(import.meta.dirname, "..");
const id = process.argv[2] ?? "";

/** @type {Readonly<Record<string, string>>} */
const files = {
  [`rules/${id}.ts`]: `import { rangeOf } from "../src/analysis/code/tree.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "${id}",
  meta: {
    type: "problem",
    docs: { description: "Disallow …", configs: { recommended: "error" } },
    messages: { found: "… is wrong here. Write … instead." },
  },
  *check({ handler }) {
    if (handler !== undefined) {
      yield { range: rangeOf(handler.name), messageId: "found" };
    }
  },
});
`,
  [`fixtures/rules/${id}/valid/plain.js`]: `async function lambda(input) {
  return input.payload;
}
`,
  [`fixtures/rules/${id}/invalid/plain.js`]: `async function lambda(input) {
  return input.payload;
}
`,
  [`docs/rules/${id}.md`]: `# ${id}

<!-- begin header -->
<!-- end header -->

## Why

## Incorrect

\`\`\`js
async function lambda(input) {
  return input.payload;
}
\`\`\`

## Correct

\`\`\`js
async function lambda(input) {
  return input.payload;
}
\`\`\`

## How it decides

## When not to use it
`,
  [`test/precision/${id}.md`]: `# ${id}

## TP: what it is about

\`\`\`js
async function lambda(input) {
  return input.payload;
}
\`\`\`
`,
};

if (!/^[a-z]+(?:-[a-z]+)*$/u.test(id)) {
  throw new Error("Give the id of the rule in lower case with hyphens: npm run new-rule no-such-thing");
}
const taken = Object.keys(files).filter((path) => existsSync(join(repository, path)));
if (taken.length > 0) {
  throw new Error(`${taken.join(", ")}: already there; choose another id, or edit the files.`);
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}
process.stdout.write(`${Object.keys(files).join("\n")}\nFill these in, then: npm run update && npm run test:rules\n`);
