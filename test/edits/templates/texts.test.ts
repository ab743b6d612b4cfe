import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { templateFiles, templatesModule } from "../../../scripts/templates.ts";

const folder = resolve(import.meta.dirname, "../../../src/edits/templates");

it("texts.ts holds the templates", async () => {
  const written = readdirSync(folder).filter((name) => name.endsWith(".js") && name !== "has.js");
  expect(written.sort()).toEqual([...templateFiles].sort());
  const files = templateFiles.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const text = templatesModule(files, readFileSync(join(folder, "has.js"), "utf8"));
  await expect(text).toMatchFileSnapshot(join(folder, "texts.ts"));
});
