import { expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { templateTexts } from "../../src/edits/templates/texts.ts";
import { EditList } from "../../src/edits/text/edit-list.ts";
import { annotateWritten } from "../../src/typescript/annotate.ts";
import { tempFolder } from "../cli/support.ts";
import { compile, DECLARATIONS } from "./compilers.ts";

const STRICT = ["strict", "noUncheckedIndexedAccess", "exactOptionalPropertyTypes", "noImplicitReturns"];

/** All functions that a migration can write, with all that each of them can hold, in one file and with their types. */
function typedTemplates(): string {
  const code = templateTexts
    .map((text) => text.replaceAll(/^import .*\n/gmu, "").replaceAll(/^export /gmu, ""))
    .join("\n");
  const model = createModel(parseSource(code));
  const edits = new EditList();
  const written = { original: createModel(parseSource("")), model, keptOffset: () => undefined };
  for (const { offset, text } of annotateWritten(written)) edits.insert(offset, text);
  return `declare const has: any;\n${edits.applyTo(code).text.replaceAll("// @ts-nocheck", "")}`;
}

it.each(["typescript-5.9", "typescript-7"] as const)(
  "of all templates, none has an error in a strict project of %s",
  async (compiler) => {
    const folder = tempFolder({ "templates.ts": `${typedTemplates()}\nexport {};\n` });
    const options = [...STRICT.map((name) => `--${name}`), "--noEmit", "--skipLibCheck", "--target", "es2023"];
    const types = ["--types", "node", "--typeRoots", `${import.meta.dirname}/../../node_modules/@types`];
    const declarations = `${DECLARATIONS}core-functions-toolbelt.d.ts`;
    const modules = ["--module", "esnext", "--moduleResolution", "bundler"];
    expect(await compile(compiler, [declarations, `${folder}/templates.ts`, ...options, ...modules, ...types])).toBe(
      "",
    );
  },
);
