// Lays out the files of a new transform, and its entry in the pipeline.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

const repository = join(import.meta.dirname, "..");
const id = process.argv[2] ?? "";
const name = id.replaceAll(/-(?<letter>[a-z])/gu, (_, letter) => String(letter).toUpperCase());
const pipeline = join(repository, "src/migrate/steps.ts");

/** @type {Readonly<Record<string, string>>} */
const files = {
  [`transforms/${id}.ts`]: `import { asTransform } from "../src/edits/step/as-transform.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** … */
export const step: Step = (model) => {
  const report = new StepReport();
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
`,
  [`fixtures/transforms/${id}/nothing-to-do/input.js`]: `async function lambda(input) {
  return input.payload;
}
`,
  [`fixtures/transforms/${id}/nothing-to-do/unchanged`]: "",
  [`docs/transforms/${id}.md`]: `# ${id}

## Before and after

\`\`\`js
async function lambda(input) {
  return input.payload;
}
\`\`\`

\`\`\`js
async function lambda(input) {
  return input.payload;
}
\`\`\`

## What it refuses or declares

## When not to use it

## Alone

\`\`\`sh
npx jscodeshift -t node_modules/faas-migrate/dist/transforms/${id}.js src/
\`\`\`
`,
};

if (!/^[a-z]+(?:-[a-z]+)*$/u.test(id)) {
  throw new Error("Give the id of the transform in lower case with hyphens: npm run new-transform do-this-to-that");
}
const taken = Object.keys(files).filter((path) => existsSync(join(repository, path)));
if (taken.length > 0) {
  throw new Error(`${taken.join(", ")}: already there; choose another id, or edit the files.`);
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}
const imported = `import { step as ${name} } from "../../transforms/${id}.ts";\n`;
const entry = `  {\n    id: "${id}",\n    description: "….",\n    run: ${name},\n  },\n];\n`;
writeFileSync(
  pipeline,
  readFileSync(pipeline, "utf8")
    .replace(/\n\n\/\*\* One migration step/u, (found) => `\n${imported.trimEnd()}${found}`)
    .replace(/\];\n$/u, () => entry),
);
process.stdout.write(
  `${Object.keys(files).join("\n")}\nsrc/migrate/steps.ts\nPut the step at its place in the pipeline, fill the files in, then: npm run update\n`,
);
