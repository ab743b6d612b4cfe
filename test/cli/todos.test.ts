import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { CliRun } from "./support.ts";
import { cli, contentOf, repository, tempFolder } from "./support.ts";

const proxied = readFileSync(join(repository, "fixtures/functions/proxy-option/index.js"), "utf8");
const comment =
  "// TODO(faas-migrate:http-option): The request option `proxy` goes through a proxy, which fetch ignores.\n";
const path = "functions/proxy/index.js";

function real(folder: string, ...argv: string[]): Promise<CliRun> {
  return cli(folder, argv, { migrateSource });
}

describe("--insert-todos", () => {
  it("writes a comment, never twice, and undo takes it away", async () => {
    const folder = tempFolder({ [path]: proxied });
    const { code, stdout } = await real(folder, "--insert-todos", "functions");
    expect(code).toBe(1);
    expect(stdout).toContain("NEEDS YOU (1)\n  functions/proxy/index.js   refused\n    9:7 ");
    const written = contentOf(folder, path);
    expect(written).toBe(proxied.replace("      proxy:", `      ${comment}      proxy:`));
    await real(folder, "--insert-todos", "functions");
    expect(contentOf(folder, path)).toBe(written);

    const list = await real(folder, "todo", "functions");
    expect(list.code).toBe(1);
    expect(list.stdout).toBe(
      "functions/proxy/index.js:8:7   The request option `proxy` goes through a proxy, which fetch ignores.   http-option\n",
    );
    await cli(folder, ["undo"]);
    expect(contentOf(folder, path)).toBe(proxied);
    expect(await real(folder, "todo")).toEqual({
      code: 0,
      stdout: "There is no TODO comment of faas-migrate.\n",
      stderr: "",
    });
  });

  it("lists on a terminal what a screen holds, and all with --verbose and for a program", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => `// TODO(faas-migrate:eval): ${String(index)}\n`);
    const folder = tempFolder({ [path]: `${proxied}${lines.join("")}` });
    const listed = async (argv: readonly string[], isTTY: boolean): Promise<string[]> =>
      (await cli(folder, ["todo", ...argv], { isTTY })).stdout.trimEnd().split("\n");
    expect((await listed([], true)).slice(-1)).toEqual(["  … and 15 more TODO comments   --verbose lists them"]);
    expect(await listed(["--verbose"], true)).toHaveLength(50);
    expect(await listed([], false)).toHaveLength(50);
  });

  it("takes the comment away when it is solved", async () => {
    const folder = tempFolder({ [path]: proxied });
    await real(folder, "--insert-todos", "functions");
    const solved = contentOf(folder, path).replace("      proxy: process.env.OFFICE_PROXY,\n", "");
    writeFileSync(join(folder, path), solved);
    await real(folder, "--insert-todos", "functions");
    const result = contentOf(folder, path);
    expect(result).toContain("async function lambda(input) {");
    expect(result).not.toContain("TODO");
  });

  it("shows what it would write, and leaves accepted reasons alone", async () => {
    const folder = tempFolder({ [path]: proxied });
    const { stdout } = await real(folder, "--insert-todos", "--dry-run", "--diff", "functions");
    expect(stdout).toContain(`+      ${comment}`);
    expect(contentOf(folder, path)).toBe(proxied);
    await real(folder, "accept", "functions", "http-option", "--because", "x");
    expect((await real(folder, "--insert-todos", "functions")).code).toBe(0);
    expect(contentOf(folder, path)).toBe(proxied);
  });

  it("stands above the place in a function that was migrated, until a person takes it away", async () => {
    const text = readFileSync(join(repository, "fixtures/functions/lp-client-without-options/index.js"), "utf8");
    const { verdict, reasons } = migrateSource("a.js", text, { style: "faithful" });
    expect(verdict).toBe("migrated");
    expect(reasons).not.toEqual([]);
    const folder = tempFolder({ "a.js": text });
    await real(folder, "--insert-todos", "a.js");
    const written = contentOf(folder, "a.js");
    expect(written).toMatch(
      /^ {4}\/\/ TODO\(faas-migrate:lp-client-without-options\): .*\n.*lpClient\("smt", "\/banner"/mu,
    );
    await real(folder, "--insert-todos", "a.js");
    expect(contentOf(folder, "a.js")).toBe(written);

    const check = await real(folder, "--check", "a.js");
    expect(check.code).toBe(1);
    expect(check.stdout).toMatch(/^TODO COMMENTS \(1\)\n {2}a\.js:\d+ /mu);
    expect(check.stdout).toContain("; 1 TODO comment\n");
    expect(JSON.parse((await real(folder, "--check", "--json", "a.js")).stdout)).toMatchObject({
      todos: [{ path: "a.js" }],
    });
    writeFileSync(join(folder, "a.js"), written.replace(/^ *\/\/ TODO.*\n/mu, ""));
    expect((await real(folder, "--check", "a.js")).code).toBe(0);
  });

  it("goes with no part of the migration", async () => {
    const folder = tempFolder({ [path]: proxied });
    const { code, stderr } = await real(folder, "--insert-todos", "--transform", "remove-exports", ".");
    expect(stderr).toContain("--insert-todos and --transform cannot be combined");
    expect(code).toBe(2);
  });
});

describe("--insert-todos in TypeScript", () => {
  const typedPath = "functions/proxy/index.ts";
  const typed = `#!/usr/bin/env node
import { Toolbelt } from "lp-faas-toolbelt";

interface Order {
  id: string; // as in the shop
}

function lambda(input: { payload: Order }, callback: (error: Error | null, text?: \`\${string}\`) => void): void {
  Toolbelt.HTTPClient()
    .get(\`https://shop.example.com/\${input.payload.id}\`, {
      proxy: process.env["OFFICE_PROXY"]!,
    })
    .then((text: string) => callback(null, text))
    .catch((error: Error) => callback(error));
}
`;

  it("writes a comment once, lists it, and takes it away when it is solved", async () => {
    const folder = tempFolder({ [typedPath]: typed });
    await real(folder, "--insert-todos", "functions");
    const written = contentOf(folder, typedPath);
    expect(written).toBe(typed.replace("      proxy:", `      ${comment}      proxy:`));
    await real(folder, "--insert-todos", "functions");
    expect(contentOf(folder, typedPath)).toBe(written);
    expect((await real(folder, "todo", "functions")).stdout).toMatch(
      /^functions\/proxy\/index\.ts:11:7 .* http-option$/mu,
    );
    writeFileSync(join(folder, typedPath), written.replace(/ {6}proxy: .*\n/u, ""));
    await real(folder, "--insert-todos", "functions");
    const result = contentOf(folder, typedPath);
    expect(result).toContain("async function lambda(input: { payload: Order })");
    expect(result).not.toContain("TODO");
  });

  it("stands beside the reason that a text of TypeScript can't be read", async () => {
    const text = typed.replace("interface Order", "@frozen class Frozen {}\n\ninterface Order");
    const folder = tempFolder({ [typedPath]: text });
    await real(folder, "--insert-todos", "functions");
    expect(contentOf(folder, typedPath)).toMatch(
      /^\/\/ TODO\(faas-migrate:typescript-syntax\): .* a decorator.*\n@frozen/mu,
    );
    const broken = typed.replace("id: string;", "id: string;;;{");
    const other = tempFolder({ [typedPath]: broken });
    await real(other, "--insert-todos", "functions");
    expect(contentOf(other, typedPath)).toBe(broken);
  });
});
