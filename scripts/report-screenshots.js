// Takes the pictures of the HTML report in docs/images: `npm run pictures`. Needs Chromium, as
// `npm run test:browser` does.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(repository, "docs/images");
const project = mkdtempSync(join(tmpdir(), "faas-migrate-pictures-"));
const viewport = { width: 1_100, height: 860 };

cpSync(join(repository, "fixtures/projects/bookshop/before"), project, { recursive: true });
const main = join(repository, "dist/src/cli/main.js");
const argv = [main, "--allow-dirty", "--verify", "--report", "report.html", "functions"];
const { status, stderr } = spawnSync(process.execPath, argv, { cwd: project, encoding: "utf8" });
// 1: some of the functions need a person.
if (status !== 1) throw new Error(`the report could not be made: ${stderr}`);

mkdirSync(images, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  const page = await browser.newPage({ colorScheme, viewport });
  await page.goto(pathToFileURL(join(project, "report.html")).href);
  const card = page.locator("summary", { hasText: "greeting" });
  await card.click();
  await page.locator("h2", { hasText: "Functions" }).scrollIntoViewIfNeeded();
  await page.evaluate("document.querySelectorAll('h2')[1].scrollIntoView()");
  await page.screenshot({ path: join(images, `report-${colorScheme}.png`) });
}
await browser.close();
rmSync(project, { recursive: true });
