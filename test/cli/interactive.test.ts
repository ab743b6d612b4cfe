import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";

import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { sandboxFile } from "../verify/support.ts";
import type { CliRun, CliSettings } from "./support.ts";
import { cli, contentOf, tempFolder } from "./support.ts";

const sandbox = sandboxFile();

const v1 = `function lambda(input, callback) {
  callback(null, "Hello " + input.payload.name);
}
`;
const v2 = `async function lambda(input) {
  return "Hello " + input.payload.name;
}
`;
const functions = {
  "functions/a/index.js": v1,
  "functions/b/index.js": v1,
  "functions/b/config.json": '{ "environmentVariables": [{ "key": "A", "value": "1" }] }\n',
  "functions/c/index.js": v1,
};

/** Runs on a terminal at which a person types lines. */
function talk(folder: string, lines: readonly string[], more: CliSettings = {}, ...argv: string[]): Promise<CliRun> {
  const stdin = lines.map((line) => `${line}\n`).join("");
  return cli(folder, ["--interactive", ...argv, "."], { isTTY: true, stdin, migrateSource, sandbox, ...more });
}

function textsOf(folder: string): string[] {
  return ["a", "b", "c"].map((name) => contentOf(folder, `functions/${name}/index.js`));
}

/** An editor that is a program: it gets the path of the copy. */
function editorIn(folder: string, statements: string): Record<string, string> {
  const path = join(folder, "my editor.mjs");
  writeFileSync(path, `import fs from "node:fs";\nconst path = process.argv[3];\n${statements}\n`);
  chmodSync(path, 0o755);
  return { EDITOR: `"${process.execPath}" "${path}" --wait` };
}

describe("--interactive", () => {
  it("shows each function, writes what is accepted, and leaves what is skipped with a reason", async () => {
    const folder = tempFolder(functions);
    const { code, stdout, stderr } = await talk(folder, ["a", "skip", "Accept"], { env: { CI: "1" } });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^\n1 of 3\n.*--- a\/functions\/a\/index\.js/su);
    expect(stdout).toContain("accept, skip, edit or quit? [a/s/e/q] ");
    expect(stdout).toContain("b/functions/b/config.json");
    expect(textsOf(folder)).toEqual([v2, v1, v2]);
    expect(contentOf(folder, "functions/b/config.json")).toBe(functions["functions/b/config.json"]);
    expect(stdout).toMatch(/functions\/b\/index\.js.*refused.*\n.*You skipped this function/u);
    expect(code).toBe(1);
  });

  it("writes what was accepted before it was quit, and explains its letters", async () => {
    const folder = tempFolder(functions);
    const { code, stdout } = await talk(folder, ["what?", "a", "q"]);
    expect(stdout).toContain("q  quit: write what you have accepted");
    expect(textsOf(folder)).toEqual([v2, v1, v1]);
    expect(stdout).not.toContain("3 of 3");
    expect(stdout).toContain("1 migrated, 2 need you");
    expect(code).toBe(1);
  });

  it("takes the end of the input for quit", async () => {
    const folder = tempFolder(functions);
    expect((await talk(folder, [])).code).toBe(1);
    expect(textsOf(folder)).toEqual([v1, v1, v1]);
  });

  it("shows verdict, reasons, differences, follow-ups and proof", async () => {
    const folder = tempFolder({
      "a.js": `const { Toolbelt } = require("lp-faas-toolbelt");
async function lambda(input, callback) {
  try {
    const secret = await Toolbelt.SecretClient().readSecret("shop");
    callback(null, secret.value);
  } catch (error) {
    callback(error);
  }
}
`,
    });
    const { stdout } = await talk(folder, ["s"], {}, "--verify");
    const [shown = ""] = stdout.split("[a/s/e/q]");
    expect(shown).toMatch(/WOULD MIGRATE \(1\)/u);
    expect(shown).toMatch(/same in \d+ scenarios/u);
    expect(shown).toContain("secrets-cached");
  });

  it("writes what a person made of the result, after it was verified", async () => {
    const folder = tempFolder({ "functions/a/index.js": v1 });
    const env = editorIn(tempFolder(), 'fs.writeFileSync(path, fs.readFileSync(path, "utf8").replace("Hello", "Hi"));');
    const { stdout } = await talk(folder, ["e", "a"], { env }, "--verify");
    expect(stdout).toMatch(/\+ {2}return "Hi " \+ input\.payload\.name;[^]*differs: .*expected the result/u);
    expect(contentOf(folder, "functions/a/index.js")).toBe(v2.replace("Hello", "Hi"));
  });

  it.each([
    ["is no JavaScript", 'fs.appendFileSync(path, "(");', "Your text can't be used: The file does not parse"],
    ["is V1 still", `fs.writeFileSync(path, ${JSON.stringify(v1)});`, "Your text can't be used: It is V1 code."],
    ["is the same", "", "Nothing was changed."],
    ["comes from an editor that fails", "process.exit(3);", "ended with exit code 3."],
  ])("does not take a text that %s", async (_, statements, sentence) => {
    const folder = tempFolder({ "functions/a/index.js": v1 });
    const { stdout } = await talk(folder, ["e", "a"], { env: editorIn(tempFolder(), statements) });
    expect(stdout).toContain(sentence);
    expect(contentOf(folder, "functions/a/index.js")).toBe(v2);
  });

  it("opens the editor with what could not be taken", async () => {
    const folder = tempFolder({ "functions/a/index.js": v1 });
    const env = editorIn(
      tempFolder(),
      'const text = fs.readFileSync(path, "utf8");\n' +
        'fs.writeFileSync(path, text.endsWith("(") ? text.slice(0, -1) + "// Mine.\\n" : text + "(");',
    );
    await talk(folder, ["e", "e", "a"], { env });
    expect(contentOf(folder, "functions/a/index.js")).toBe(`${v2}// Mine.\n`);
  });

  it("asks nothing where nothing may be written", async () => {
    const folder = tempFolder({ "functions/a/index.js": v1 });
    const { code, stdout, stderr } = await talk(folder, ["a"], { allowDirty: false });
    expect(stderr).toContain("nothing was written, because 1 file (functions/a/index.js) is not in a git repository");
    expect(stdout).not.toContain("[a/s/e/q]");
    expect(code).toBe(2);
  });

  it("writes nothing when it is interrupted", async () => {
    const folder = tempFolder(functions);
    const stdin = new PassThrough();
    const listening = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (stdin.listenerCount("data") === 0 || process.listenerCount("SIGINT") === 0) return;
        clearInterval(look);
        process.emit("SIGINT");
        resolve();
      }, 1);
    });
    const run = cli(folder, ["--interactive", "."], {
      isTTY: true,
      stdin,
      migrateSource,
      env: { CI: "1" },
    });
    await listening;
    const { code, stderr } = await run;
    expect(stderr).toBe("\nfaas-migrate: interrupted; nothing was written\n");
    expect(code).toBe(130);
    expect(textsOf(folder)).toEqual([v1, v1, v1]);
    expect(existsSync(join(folder, ".faas-migrate"))).toBe(false);
  });

  it("says elsewhere that it needs a terminal", async () => {
    const folder = tempFolder(functions);
    const { code, stderr, stdout } = await cli(folder, ["--interactive", "."]);
    expect(stderr).toContain(
      "--interactive asks questions, so it needs a terminal; look with --dry-run --diff instead\n",
    );
    expect([code, stdout]).toEqual([2, ""]);
  });
});
