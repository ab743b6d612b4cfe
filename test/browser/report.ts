import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import type { FileResult } from "../../src/migrate/result.ts";
import type { Change } from "../../src/migrate/run-result.ts";
import { summarize } from "../../src/migrate/run-result.ts";
import { renderHtml } from "../../src/report/html.ts";

const executablePath = "/usr/bin/chromium";
const count = 1_000;
const evil = '</script><img src=x onerror="document.title = 1"><b>bold</b>';

let folder: string;
let browser: Browser;
let page: Page;
let complaints: string[];
let requests: string[];

/** A thousand functions: every tenth needs someone, every fifth was V2 before. */
function bigRun() {
  const changes = new Map<string, Change>();
  const files = Array.from({ length: count }, (_, index): FileResult => {
    const path = `functions/order-${String(index)}/index.js`;
    const nothing = { path, transforms: [], differences: [], reasons: [], followUps: [] };
    if (index % 10 === 3) {
      const reason = { id: "http-option", message: `The request option \`${evil}\` is ignored.`, line: 5, column: 8 };
      return { ...nothing, verdict: "refused", reasons: [reason] };
    }
    if (index % 5 === 0) return { ...nothing, verdict: "unchanged" };
    const before = `${"// before\n".repeat(20)}const a = require("a");\n${evil}\n`;
    changes.set(path, { before, after: before.replace('const a = require("a")', 'import a from "a"') });
    return {
      ...nothing,
      verdict: "migrated",
      proof: { kind: "same", text: "same in 34 scenarios, 100 % of branches" },
      differences: [{ id: "secrets-cached", message: "Secrets are cached.", line: 4, column: 2 }],
      followUps: [{ id: "allowed-domains", message: "Check that the domains can be reached.", line: 1, column: 1 }],
    };
  });
  const how = { version: "1.0.0", style: "faithful", dryRun: false, errors: [] } as const;
  const places = files.slice(0, 3).map(({ path }) => ({ path, line: 7, column: 1 }));
  const repeated = [{ name: "pickOrder", places }];
  return { result: { ...how, files, repeated, summary: summarize(files) }, changes };
}

beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error("install Debian's chromium: apt-get install chromium");
  folder = mkdtempSync(join(tmpdir(), "faas-migrate-page-"));
  writeFileSync(join(folder, "report.html"), renderHtml(bigRun()));
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function open(colorScheme: "light" | "dark"): Promise<void> {
  [complaints, requests] = [[], []];
  page = await browser.newPage({ colorScheme });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(folder, "report.html")).href);
}

beforeEach(() => open("light"));

function visible(): Promise<number> {
  return page.locator("#functions > li:visible").count();
}

it("shows all functions, without a complaint and without asking for anything else", async () => {
  expect(await visible()).toBe(count);
  expect(await page.locator("main").innerText()).toContain(
    "90 % of the functions need nobody: 100 need you, 700 ready",
  );
  expect(await page.locator("main").innerText()).toContain(
    "pickOrder functions/order-0/index.js:7 functions/order-1/index.js:7 functions/order-2/index.js:7",
  );
  await page.locator("summary").nth(1).click();
  expect(complaints).toEqual([]);
  expect(requests).toHaveLength(1);
});

it("filters by status, by reason and by words", async () => {
  await page.getByLabel("needs you (100)").check();
  expect(await visible()).toBe(100);
  expect(await page.getByRole("status").innerText()).toBe("100 of 1000 functions");
  await page.getByLabel("all (1000)").check();
  await page.getByLabel("Reason").selectOption("http-option");
  expect(await visible()).toBe(100);
  await page.getByLabel("Reason").selectOption("");
  await page.getByLabel("Search (press /)").fill("secrets-cached ORDER-77");
  expect(await page.locator("#functions > li:visible").allInnerTexts()).toEqual(
    ["771", "772", "774", "776", "777", "778", "779", "77"]
      .sort()
      .map((name) => expect.stringContaining(`order-${name}`) as string),
  );
});

it("fits a page of 320 pixels, as 400 % zoom leaves of a usual one, also with long words", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate('document.querySelectorAll("li").forEach((place) => place.append(" " + "a".repeat(80)))');
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
});

it("is worked with by the keyboard alone", async () => {
  await page.keyboard.press("/");
  await page.keyboard.type("order-3 http-option");
  expect(await visible()).toBe(12);
  await page.keyboard.press("Escape");
  expect(await visible()).toBe(count);
  await page.locator("summary").nth(3).focus();
  await page.keyboard.press("Enter");
  const opened = page.locator("details[open]");
  // The page fills what is opened in an event of its own.
  await expect.poll(() => opened.innerText()).toContain("What needs you");
  expect(await opened.getByRole("link", { name: "http-option" }).getAttribute("href")).toMatch(
    /reasons\.md#http-option$/u,
  );
});

it("says where a change is not shown", async () => {
  writeFileSync(join(folder, "merged.html"), renderHtml({ ...bigRun(), changes: new Map() }));
  await page.goto(pathToFileURL(join(folder, "merged.html")).href);
  await page.locator("summary", { hasText: "order-1 " }).first().click();
  expect(await page.locator("main").innerText()).toContain(
    "The change of functions/order-1/index.js is not shown: this page was made from JSON reports, which hold no code.",
  );
});

it("shows what users wrote as text", async () => {
  await page.locator("summary").nth(3).click();
  await page.locator("summary").nth(1).click();
  await expect.poll(() => page.locator("details[open]").first().innerText()).toContain('import a from "a"');
  await expect.poll(() => page.locator("details[open]").nth(1).innerText()).toContain("<b>bold</b>");
  expect(await page.locator("main img, main b").count()).toBe(0);
  expect(await page.title()).toBe("Migration report");
});

it.each(["light", "dark"] as const)("has nothing that axe finds, in %s", async (scheme) => {
  await open(scheme);
  for (const index of [0, 1, 3]) await page.locator("summary").nth(index).click();
  // All of a thousand alike cards would take minutes, and are alike.
  await page.getByLabel("Search (press /)").fill("order-1");
  await page.addScriptTag({ content: readFileSync(fileURLToPath(import.meta.resolve("axe-core")), "utf8") });
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; help: string }[] }> };
    };
    return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
  });
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});
