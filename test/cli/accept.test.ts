import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { CliRun } from "./support.ts";
import { cli, contentOf, namesIn, repository, tempFolder } from "./support.ts";

/** A request through a proxy, which is refused, and why. */
const proxied = readFileSync(join(repository, "fixtures/functions/proxy-option/index.js"), "utf8");
const sentence = "The request option `proxy` goes through a proxy, which fetch ignores.";
const pooled = proxied.replace("proxy: process.env.OFFICE_PROXY", "agent: new (require('https').Agent)()");

const plain = "exports.lambda = (input, callback) => callback(null, input.payload.orderId);\n";
/** A configuration of a function that is refused. */
const broken = '{ "environmentVariables": [ }';

const name = "faas-migrate.config.json";

function real(folder: string, ...argv: string[]): Promise<CliRun> {
  return cli(folder, argv, { migrateSource });
}

const project = { "functions/proxy/index.js": proxied, "functions/old/index.js": proxied };

function acceptProxy(folder: string, path = "functions/proxy"): Promise<CliRun> {
  return real(folder, "accept", path, "http-option", "--because", "leaves in June");
}

describe("faas-migrate accept", () => {
  it("keeps a reason in the configuration, and --check is green", async () => {
    const folder = tempFolder({ "functions/proxy/index.js": proxied });
    expect((await real(folder, "--check", ".")).code).toBe(1);
    expect(await acceptProxy(folder)).toEqual({
      code: 0,
      stderr: "",
      stdout: `${name}: accepts http-option of functions/proxy/index.js\n`,
    });
    const entry = {
      path: "functions/proxy/index.js",
      reason: "http-option",
      says: [sentence],
      because: "leaves in June",
    };
    expect(JSON.parse(contentOf(folder, name))).toEqual({
      $schema: "./node_modules/faas-migrate/schemas/configuration.schema.json",
      accepted: [entry],
    });
    const { code, stdout } = await real(folder, "--check", ".");
    expect(code).toBe(0);
    expect(stdout).toBe(
      "ACCEPTED (1)\n  functions/proxy/index.js   http-option   leaves in June\n\n1 function: 1 accepted\nNothing was written.\n",
    );
    const json = await real(folder, "--check", "--json", ".");
    expect(JSON.parse(json.stdout)).toMatchObject({
      outdated: [],
      files: [{ verdict: "refused", reasons: [{ id: "http-option", accepted: "leaves in June" }] }],
    });
    // From another folder, the same holds.
    expect((await real(join(folder, "functions/proxy"), "--check", "index.js")).code).toBe(0);
  });

  it("takes all functions of a folder, and leaves the others open", async () => {
    const folder = tempFolder(project);
    await acceptProxy(folder, "functions/old");
    const { code, stdout } = await real(folder, "--check", ".");
    expect(code).toBe(1);
    expect(stdout).toContain("NEEDS YOU (1)\n  functions/proxy/index.js");
    await acceptProxy(folder, ".");
    expect((await real(folder, "--check", ".")).code).toBe(0);
    expect(JSON.parse(contentOf(folder, name))).toMatchObject({ accepted: [{}, {}] });
  });

  it("is red again when the reason changes, when another comes, and when it goes", async () => {
    const folder = tempFolder({ "functions/proxy/index.js": proxied });
    await acceptProxy(folder);
    const rewrite = (text: string): void => {
      writeFileSync(join(folder, "functions/proxy/index.js"), text);
    };
    rewrite(pooled);
    const changed = await real(folder, "--check", ".");
    expect(changed.code).toBe(1);
    expect(changed.stdout).toMatch(/^NEEDS YOU \(1\)/u);
    expect(changed.stdout).toContain(
      "functions/proxy/index.js   the accepted reason http-option has changed; look at it, then accept it\n      again",
    );

    rewrite(proxied.replace("callback(null, answer)", "callback(null, eval('answer'))"));
    expect((await real(folder, "--check", ".")).code).toBe(1);

    rewrite(plain);
    const gone = await real(folder, ".");
    expect(gone.code).toBe(1);
    expect(gone.stdout).toContain("ACCEPTED, BUT NOT FOUND (1)\n");
    expect(gone.stdout).toContain("the accepted reason http-option is gone; remove it from the");
    expect(gone.stdout).toContain("1 function: 1 migrated; 1 accepted reason to update;");
    // Of a file that is not looked at nothing is known; one that is not there is looked at by every run.
    mkdirSync(join(folder, "functions/b"));
    writeFileSync(join(folder, "functions/b/index.js"), "async function lambda(input) {}\n");
    expect((await real(folder, "--check", "functions/b")).code).toBe(0);
    rmSync(join(folder, "functions/proxy"), { recursive: true });
    expect((await real(folder, "--check", "functions/b")).code).toBe(1);
  });

  it("lists as many functions as a screen holds, and all with --verbose", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`functions/p${String(index)}.js`, proxied]),
    );
    const argv = ["accept", "functions", "http-option", "--because", "leaves in June"];
    const { stdout } = await real(tempFolder(many), ...argv);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("  … and 5 more accepted reasons   --verbose lists them");
    expect((await real(tempFolder(many), ...argv, "--verbose")).stdout.trimEnd().split("\n")).toHaveLength(40);
  });

  it("accepts a function with its config.json", async () => {
    const folder = tempFolder({ "functions/a/index.js": plain, "functions/a/config.json": broken });
    expect((await real(folder, "accept", "functions/a", "config-syntax", "--because", "x")).code).toBe(0);
    expect(JSON.parse(contentOf(folder, name))).toMatchObject({ accepted: [{ path: "functions/a/config.json" }] });
    expect((await real(folder, "--check", ".")).code).toBe(0);
  });

  it("keeps comments and layout, and replaces an entry", async () => {
    const text = `{\r\n    // ours\r\n    "style": "faithful", // all of it\r\n    "accepted": [\r\n        { "path": "functions/proxy/index.js", "reason": "http-option", "because": "?" }, // why\r\n    ],\r\n}\r\n`;
    const folder = tempFolder({ ...project, [name]: `\uFEFF${text}` });
    await acceptProxy(folder);
    await acceptProxy(folder, "functions/old");
    const after = contentOf(folder, name);
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
    expect(after).toMatchSnapshot();
    expect((await real(folder, "--check", ".")).code).toBe(0);
  });

  it("writes into package.json where that holds the configuration", async () => {
    const text = '{\n\t"name": "shop",\n\t"faas-migrate": {\n\t\t"style": "faithful"\n\t}\n}\n';
    const folder = tempFolder({ ...project, "package.json": text });
    await acceptProxy(folder);
    expect(contentOf(folder, "package.json")).toMatchSnapshot();
    expect(namesIn(folder)).toEqual(["functions", "package.json"]);
  });

  it("says the entry where the configuration is a program", async () => {
    const text = "export default {};\n";
    const folder = tempFolder({ ...project, "faas-migrate.config.mjs": text });
    const { code, stderr } = await acceptProxy(folder);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'faas-migrate.config.mjs is a program, which faas-migrate does not rewrite; add this to its list "accepted"',
    );
    expect(stderr).toContain('"reason": "http-option",\n');
    expect(contentOf(folder, "faas-migrate.config.mjs")).toBe(text);
  });

  it.each([
    [["functions/proxy"], "accept takes a path and the id of a reason; 1 given"],
    [["functions/proxy", "http-option"], 'accept needs --because "…": the reason, for those who read it later'],
    [["functions/proxy", "http-opt", "--because", "x"], 'no reason is called "http-opt"; see docs/reasons.md'],
    [
      ["functions/proxy", "syntax-error", "--because", "x"],
      "functions/proxy has no reason syntax-error, but http-option",
    ],
    [["functions/gone", "http-option", "--because", "x"], "functions/gone does not exist; check the path"],
    [["functions/proxy", "runs-differ", "--because", "x"], "runs-differ is found with --verify only; write its entry"],
  ])("refuses %j", async (argv, message) => {
    const folder = tempFolder(project);
    const { code, stderr } = await real(folder, "accept", ...argv);
    expect(stderr).toContain(`faas-migrate: ${message}`);
    expect(code).toBe(2);
    expect(namesIn(folder)).toEqual(["functions"]);
  });
});

describe("reports of accepted reasons", () => {
  it("say who accepts what, and leave it out of what is to be done", async () => {
    const folder = tempFolder(project);
    await acceptProxy(folder);
    const names = ["r.md", "r.html", "r.sarif", "gl-code-quality-report.json"];
    const { stdout } = await cli(folder, ["--dry-run", ...names.flatMap((each) => ["--report", each]), "."], {
      migrateSource,
      env: { GITHUB_ACTIONS: "true" },
    });
    expect(stdout.match(/^::error /gmu)).toHaveLength(1);
    expect(contentOf(folder, "r.md")).toContain("2 functions: 0 would migrate, 1 needs you, 0 unchanged, 1 accepted.");
    expect(contentOf(folder, "r.md")).toMatch(/^## Accepted \(1\)\n\n.*\n.*\n.*functions\/proxy.*leaves in June \|$/mu);
    expect(contentOf(folder, "r.html")).toContain('"status":"accepted"');
    const sarif = JSON.parse(contentOf(folder, "r.sarif")) as { runs: { results: object[] }[] };
    expect(sarif.runs[0]?.results).toMatchObject([
      {},
      { suppressions: [{ kind: "external", justification: "leaves in June" }] },
    ]);
    expect(JSON.parse(contentOf(folder, "gl-code-quality-report.json"))).toHaveLength(1);
  });
});
