import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { API, Transform } from "jscodeshift";
import { afterAll, beforeAll, expect, it } from "vitest";

import { asTransform } from "../../src/edits/step/as-transform.ts";
import { steps } from "../../src/migrate/steps.ts";
import { casesOf } from "../transforms/fixtures.ts";
import type { CaseOptions, FixtureCase } from "../transforms/fixtures.ts";
import { installPacked, runModule } from "./packed.ts";
import type { Installation } from "./packed.ts";

let installation: Installation;

beforeAll(() => {
  installation = installPacked();
});

afterAll(() => {
  rmSync(installation.root, { recursive: true, force: true });
});

const withFixtures = new Set(readdirSync(join(import.meta.dirname, "../../fixtures/transforms")));
const groups = steps.flatMap(({ id, run }) => {
  const all = withFixtures.has(id) ? casesOf(id) : [];
  return [...new Set(all.map(({ options }) => JSON.stringify(options)))].map((options) => ({
    id,
    run,
    cases: all.filter((each) => JSON.stringify(each.options) === options),
    name: options === "{}" ? id : `${id} with ${options}`,
    options: JSON.parse(options) as CaseOptions,
  }));
});

/** The options as jscodeshift's command line takes them. */
function argumentsOf({ style, packages }: CaseOptions): string[] {
  return [
    ...(style === undefined ? [] : [`--style=${style}`]),
    ...(packages === undefined ? [] : [`--packages=${packages.join(",")}`]),
  ];
}

function optionsOf({ style, packages }: CaseOptions): Readonly<Record<string, unknown>> {
  return { style, packages: packages?.join(",") };
}

it.each(groups)("$name: jscodeshift writes what we do, in every fixture", ({ id, run, cases, options }) => {
  const folder = join(installation.project, "fixtures", id, String(argumentsOf(options).length));
  mkdirSync(folder, { recursive: true });
  const pathOf = ({ name }: FixtureCase): string => join(folder, `${name}.js`);
  for (const each of cases) writeFileSync(pathOf(each), each.input);
  const transform = join(installation.project, `node_modules/faas-migrate/dist/transforms/${id}.js`);
  const { stdout, stderr } = runModule(
    "jscodeshift/bin/jscodeshift.js",
    ["--run-in-band", "-t", transform, ...argumentsOf(options), folder],
    installation.project,
  );
  expect(stderr).toBe("");
  expect(stdout).toContain("0 errors");
  const report = (): void => undefined;
  for (const each of cases) {
    const expected = asTransform(run)({ path: pathOf(each), source: each.input }, { report }, optionsOf(options));
    expect(readFileSync(pathOf(each), "utf8"), each.name).toBe(expected ?? each.input);
  }
});

const secrets = `const { Toolbelt } = require("core-functions-toolbelt");
const secretClient = Toolbelt.SecretClient();

async function lambda(input) {
  const shop = await secretClient.readSecret("shop");
  const key = await secretClient.readSecret("key");
  return readOrder(shop.value, key.value);
}
`;

it("runs beside a transform of the user's own, as docs/transforms.md shows", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/transforms.md"), "utf8");
  const [, code = ""] = /```js\n(?<code>[^]*?parallelSecrets[^]*?)```/u.exec(page) ?? [];
  const folder = join(installation.project, "beside");
  mkdirSync(folder);
  const [own, path] = [join(folder, "own.cjs"), join(folder, "index.js")];
  writeFileSync(own, code);
  writeFileSync(path, secrets);
  const run = (...argv: string[]) =>
    runModule(
      "jscodeshift/bin/jscodeshift.js",
      ["--run-in-band", "--ignore-pattern=**/*.cjs", "-t", own, ...argv, folder],
      installation.project,
    );
  const dry = run("--dry", "--print");
  expect(dry.stdout).toContain("Promise.all");
  expect(dry.stdout).toContain("1 ok");
  expect(readFileSync(path, "utf8")).toBe(secrets);
  const { stdout } = run();
  expect(stdout).toContain("0 errors");
  const text = readFileSync(path, "utf8");
  expect(text).toContain("await Promise.all([");
  expect(text).toContain("return loadOrder(shop.value, key.value);");
});

it("has jscodeshift's own type, and counts remarks in a dry run", () => {
  const callback = steps.find(({ id }) => id === "callback-to-async");
  const transform: Transform = asTransform(callback?.run ?? (() => expect.fail("there is no such step")));
  const counted: string[] = [];
  const api = { report: () => undefined, stats: (name: string) => counted.push(name) } as unknown as API;
  void transform(
    { path: "index.js", source: "const lambda = other;\nfunction other(a, callback, ...rest) {}\n" },
    api,
    {},
  );
  expect(counted).toEqual(expect.arrayContaining(["handler-shape"]));
});

it("leaves TypeScript to the command, and says so", () => {
  const folder = join(installation.project, "typed");
  mkdirSync(folder);
  const text = "function lambda(input: any, callback: (error: Error | null) => void) {\n  callback(null);\n}\n";
  writeFileSync(join(folder, "index.ts"), text);
  const transform = join(installation.project, "node_modules/faas-migrate/dist/transforms/callback-to-async.js");
  const { stdout } = runModule(
    "jscodeshift/bin/jscodeshift.js",
    ["--run-in-band", "--extensions=ts", "-t", transform, folder],
    installation.project,
  );
  expect(stdout).toContain("0 errors");
  expect(stdout).toMatch(/index\.ts:1:1 typescript-syntax: .*; run faas-migrate\./u);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe(text);
});
