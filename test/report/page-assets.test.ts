import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, it } from "vitest";

import { pageAssetsModule } from "../../scripts/page-assets.ts";

const folder = resolve(import.meta.dirname, "../../src/report/html");

it("assets.ts holds the style and the script of the page", async () => {
  const [style, script] = ["page.css", "page.js"].map((name) => readFileSync(join(folder, name), "utf8"));
  await expect(pageAssetsModule(style ?? "", script ?? "")).toMatchFileSnapshot(join(folder, "assets.ts"));
});
