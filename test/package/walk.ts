import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Finished, Installation } from "./packed.ts";
import { installPacked, repository } from "./packed.ts";
import type { Registry } from "./registry.ts";
import { serveRegistry } from "./registry.ts";

/*
 * Walks the pages that a new user follows: each command that stands in them is typed as it stands there, in the order of
 * the page, in a copy of a project under git, with the package installed from a registry by npm.
 */

let installation: Installation;
let registry: Registry;
const projects: string[] = [];

beforeAll(async () => {
  installation = installPacked();
  const folder = join(installation.project, "node_modules/faas-migrate");
  registry = await serveRegistry({ folder, tarball: installation.tarball });
});

afterAll(() => {
  registry.close();
  for (const folder of [installation.root, ...projects]) rmSync(folder, { recursive: true, force: true });
});

/** The environment without what git and npm set when these tests run in a hook or a script of their own. */
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:GIT_|HUSKY|CI$|GITHUB_|NO_COLOR|FORCE_COLOR|npm_)/iu.test(name)),
);

/** A project of a user, and a shell in it. */
class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "faas-migrate-walk-")));

  constructor(name: string) {
    projects.push(this.folder);
    cpSync(join(repository, "fixtures/projects", name, "before"), this.folder, { recursive: true });
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  text(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  replace(path: string, before: string | RegExp, after: string): void {
    const text = this.text(path);
    expect(text.replace(before, after), path).not.toBe(text);
    this.put(path, text.replace(before, after));
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Types one line into a shell. */
  type(command: string): Promise<Finished> {
    const env = {
      ...inherited,
      npm_config_registry: registry.url,
      npm_config_cache: join(installation.root, "npm-cache"),
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
    };
    return new Promise((resolve) => {
      execFile("sh", ["-c", command], { cwd: this.folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        resolve({ status, stdout, stderr });
      });
    });
  }

  async expectType(command: string, status = 0): Promise<string> {
    const finished = await this.type(command);
    expect(finished.status, `${command}\n${finished.stdout}${finished.stderr}`).toBe(status);
    return finished.stdout + finished.stderr;
  }

  /** What git has of the functions, and what lies there. */
  async state(): Promise<string> {
    return this.expectType("git status --porcelain functions package.json && git diff functions package.json");
  }
}

/** The blocks of one language in a page, in order. */
function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(repository, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(?<block>.*?)^\`\`\`$`, "gmsu"))].map(
    ({ groups }) => groups?.["block"] ?? "",
  );
}

/** The lines of all shell blocks of a page. */
function commandsOf(page: string): string[] {
  return blocksOf(page, "sh").flatMap((block) => block.trim().split("\n"));
}

/** Goes through the commands of a page, so that none is left out. */
class Page {
  readonly #project: Project;
  readonly #commands: string[];

  /** @param after how many commands of the page are typed elsewhere */
  constructor(project: Project, page: string, after = 0) {
    this.#project = project;
    this.#commands = commandsOf(page).slice(after);
  }

  /** Types the next command of the page, which has to be this one, and gives what it prints. */
  async next(command: string, status = 0): Promise<string> {
    expect(this.#commands.shift()).toBe(command);
    return this.#project.expectType(command, status);
  }

  expectDone(): void {
    expect(this.#commands).toEqual([]);
  }
}

const v1 = `async function lambda(input, callback) {
  callback(null, input.payload.orderId);
}
`;

async function startGit(project: Project): Promise<void> {
  await project.expectType("git init --quiet && git add . && git commit --quiet --message Start");
}

describe("docs/guide.md", () => {
  it("is true from the first to the last command", async () => {
    const project = new Project("bookshop");
    // What the guide calls the function that stays on V1.
    project.put("functions/proxy/index.js", project.text("functions/branch-directory/index.js"));
    rmSync(join(project.folder, "functions/branch-directory"), { recursive: true });
    project.put("bin/lp-faas-toolbelt/package.json", '{ "name": "lp-faas-toolbelt", "version": "1.0.0" }');
    const manifest = JSON.parse(project.text("package.json")) as object;
    // Jest is large, and no command of the guide needs it.
    project.put("package.json", JSON.stringify({ ...manifest, devDependencies: {} }, undefined, 2));
    await startGit(project);
    const guide = new Page(project, "docs/guide.md");

    await guide.next("npm install --save-dev faas-migrate eslint");
    await project.expectType("git add . && git commit --quiet --message Install");

    // 1. Look, and change nothing
    const look = await guide.next(
      "npx faas-migrate --dry-run --report migration.html --report migration.md functions/",
      1,
    );
    expect(look).toContain("NEEDS YOU (2)");
    expect(look).toMatch(/functions\/proxy\/index\.js +refused\n +7:7 .* http-option/u);
    expect(project.text("migration.md")).toContain("| [ ] ");
    expect(project.text("migration.html")).toContain("<!doctype html>");
    expect(await project.state()).toBe("");
    expect(await guide.next("npx faas-migrate explain http-option")).toContain("http-option");

    // 2. Lint what stays on V1 for now
    const [legacy = "", recommended = ""] = blocksOf("docs/guide.md", "js");
    project.put("eslint.config.mjs", legacy);
    expect(await guide.next("npx eslint functions/", 1)).toMatch(/faas\/[\w-]+\n/u);
    // A person repairs the faults; where clients are created is changed by the migration.
    project.replace("functions/newsletter/index.js", "list: secret.value", "isListed: secret.value !== undefined");
    project.replace("functions/payment-link/index.js", "?key=${process.env.PAY_API_KEY}", "");
    project.replace("functions/payment-link/config.json", /\{\s*"key": "PAY_API_KEY",[^{}]*\},\s*/u, "");
    project.replace("functions/proxy/index.js", "  const httpClient = Toolbelt.HTTPClient();\n", "");
    project.replace("functions/proxy/index.js", "\nasync", "\nconst httpClient = Toolbelt.HTTPClient();\n\nasync");
    await project.expectType("git add . && git commit --quiet --message Lint");

    // 3. Migrate, with proof
    await guide.next("git switch --create migrate-functions");
    const migrate = await guide.next("npx faas-migrate --verify --report migration.md functions/", 1);
    expect(migrate).toMatch(/MIGRATED \(9\).*\n.*\n +customer-lookup +same in \d+ scenarios/u);
    const migrated = await project.state();
    expect(migrated).toContain("+async function lambda(input) {");
    // There and back, byte for byte.
    await project.expectType("npx faas-migrate undo");
    expect(await project.state()).toBe("");
    await project.expectType("npx faas-migrate --verify --report migration.md functions/", 1);
    expect(await project.state()).toBe(migrated);

    expect(await guide.next("git diff --stat")).toContain("functions/greeting/index.js");
    await guide.next('git commit --all --message "Migrate functions to V2"');
    const committed = project.text("functions/proxy/index.js");
    await guide.next("npx faas-migrate --insert-todos functions/", 1);
    expect(project.text("functions/proxy/index.js")).toContain("// TODO(faas-migrate:http-option): ");
    expect(await guide.next("npx faas-migrate todo functions/", 1)).toContain("functions/proxy/index.js:");
    await project.expectType("npx faas-migrate --check functions/", 1);
    await guide.next('npx faas-migrate accept functions/proxy http-option --because "leaves the platform in June"');
    await guide.next("npx faas-migrate undo");
    expect(project.text("functions/proxy/index.js")).toBe(committed);

    // A person changes what the other reason names, and runs the same command again.
    const letter = "function lambda(input, callback) {\n  callback(null, `Dear ${input.payload.name}`);\n}\n";
    project.put("functions/letter/index.js", letter);
    await project.expectType("git add . && git commit --quiet --message Letter");
    expect(await project.expectType("npx faas-migrate --verify functions/")).toMatch(
      /MIGRATED \(1\).*\n +letter +same/u,
    );

    // 4. Do what is left outside the code
    const list = project.text("migration.md");
    expect(list).toContain("allowed-domains");
    const names = ["migration.html", "migration.sarif", "migration.json", "gl-code-quality-report.json"];
    await guide.next(`npx faas-migrate report ${names.join(" ")}`);
    for (const name of names) expect(project.has(name), name).toBe(true);
    expect(JSON.parse(project.text("migration.sarif"))).toMatchObject({ version: "2.1.0" });

    // 7. Keep V2 functions good
    project.put("eslint.config.mjs", recommended);
    // One function defines this variable itself.
    const own = 'extends: ["faas/recommended"], rules: { "faas/no-legacy-env": ["error", { own: ["BRAND_ID"] }] }';
    project.replace("eslint.config.mjs", 'extends: ["faas/recommended"]', own);
    await guide.next("npx eslint functions/");
    await guide.next("npx faas-migrate --check functions/");
    guide.expectDone();

    // A hook blocks a commit that adds a function of V1.
    await project.expectType("git add . && git commit --quiet --message Done");
    await project.expectType("npm install --save-dev husky lint-staged && npx husky init");
    const recipes = readFileSync(join(repository, "docs/recipes.md"), "utf8");
    const [, staged = ""] = /`lint-staged.config.mjs` is\n\n```js\n(?<code>.*?)^```$/msu.exec(recipes) ?? [];
    project.put(".husky/pre-commit", "npx lint-staged\n");
    project.put("lint-staged.config.mjs", staged);
    await project.expectType("git add . && git commit --quiet --message Hook");
    project.put("functions/added/index.js", v1);
    const blocked = await project.expectType("git add . && git commit --message Added", 1);
    expect(blocked).toContain("faas/no-legacy-function");
    await project.expectType("npx faas-migrate --allow-dirty functions/");
    await project.expectType("git add . && git commit --message Added");
  });
});

describe("the README", () => {
  it("is true from the first to the last command", async () => {
    const project = new Project("teashop");
    // Its toolbelt comes from a registry of its own.
    project.put("package.json", '{ "name": "teashop-functions", "private": true }');
    await startGit(project);
    const [first, second] = commandsOf("README.md");
    // These are typed in this repository: what runs this test has done so.
    const [install, demo] = (first ?? "").split(" && ");
    expect([install, second]).toEqual(["npm ci", "npm test"]);
    const rest = new Page(project, "README.md", 2);

    await rest.next("npm install --save-dev faas-migrate");
    await project.expectType("git add . && git commit --quiet --message Install");
    expect(await project.expectType(demo ?? "")).toContain("Three sample functions");
    expect(await project.state()).toBe("");
    expect(await rest.next("npx faas-migrate --dry-run --diff functions/")).toContain("+++ b/functions/brew/index.js");
    expect(await project.state()).toBe("");
    expect(await rest.next("npx faas-migrate functions/")).toContain("MIGRATED (2)");
    await project.expectType("npx faas-migrate undo");
    expect(await rest.next("npx faas-migrate --verify functions/")).toMatch(/same in \d+ scenarios/u);
    rest.expectDone();
    await project.expectType("git show HEAD:functions/brew/index.js > old.js");
    expect(await project.expectType("npx faas-migrate verify old.js functions/brew/index.js")).toContain("1 same");
  });
});

describe("docs/recipes.md", () => {
  it("writes the reports that it names", async () => {
    const project = new Project("teashop");
    rmSync(join(project.folder, "package.json"));
    await startGit(project);
    await project.expectType("npm install --save-dev faas-migrate");
    const [, section = ""] = readFileSync(join(repository, "docs/recipes.md"), "utf8").split("## Reports");
    const [, lines = ""] = /^```sh\n(?<lines>.*?)^```$/msu.exec(section) ?? [];
    for (const command of lines.trim().split("\n")) await project.expectType(command);
    for (const name of ["migration.html", "migration.md", "later.html"]) expect(project.has(name), name).toBe(true);
    expect(await project.expectType("npx faas-migrate explain functions/brew/index.js:1")).toContain("functions/brew");
  });
});
