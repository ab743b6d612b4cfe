import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { RunResult } from "../../src/migrate/run-result.ts";
import { compiledCommand, contentOf, namesIn, repository, tempFolder, v1Function, v2Function } from "./support.ts";

const faults = `
  if (text.includes("BROKEN")) throw new Error("the tool is broken");
  if (text.includes("EXIT")) process.exit(7);
  if (text.includes("CRASH")) queueMicrotask(() => { throw new Error("out of thin air"); });
`;

let installed: string;
let main: string;

beforeAll(() => {
  installed = mkdtempSync(join(tmpdir(), "faas-migrate-installed-"));
  main = compiledCommand(installed, faults);
});

afterAll(() => {
  rmSync(installed, { recursive: true, force: true });
});

/** The temporary folders of these tests are in no repository. */
function run(cwd: string, ...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "--allow-dirty", ...argv], {
    cwd,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function functions(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${String(index)}.js`, v1Function]));
}

describe("the compiled command", () => {
  it("can be started by name", () => {
    expect(readFileSync(main, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/u);
  });

  it("answers with streams and exit code of the process", () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": `${v1Function}// BROKEN\n` });
    expect(run(folder, "a.js")).toEqual({
      status: 0,
      stdout:
        "MIGRATED (1)   --verbose lists them\n  a.js\n\n1 function: 1 migrated\nNext: npx faas-migrate report migration.html\n",
      stderr: "",
    });
    expect(run(folder, "b.js").status).toBe(3);
    expect(run(folder, "c.js")).toEqual({
      status: 2,
      stdout: "",
      stderr: "faas-migrate: c.js does not exist; check the path\n",
    });
  });

  it("answers 3 when something breaks outside of any call, before it writes", () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": `${v1Function}// CRASH\n` });
    const { status, stderr } = run(folder, ".");
    expect(status).toBe(3);
    expect(stderr).toContain("faas-migrate: internal error, please report it: Error: out of thin air");
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it("loads no migration, and no package but the one that reads arguments, for --help", () => {
    const folder = tempFolder();
    const bare = compiledCommand(folder);
    rmSync(join(folder, "node_modules"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(repository, "node_modules/commander"), join(folder, "node_modules/commander"));
    rmSync(join(folder, "dist/src/migrate"), { recursive: true });
    const { status, stdout } = spawnSync(process.execPath, [bare, "--help"], { encoding: "utf8" });
    expect(stdout).toContain("Usage: faas-migrate");
    expect(status).toBe(0);
  });
});

describe("threads", () => {
  it("give the same result as none, in path order", () => {
    const folder = tempFolder({ ...functions(120), "g.js": `${v1Function}// BROKEN\n`, "h.js": "not one" });
    const alone = run(folder, "--json", "--dry-run", "--concurrency", "1", ".");
    const threaded = run(folder, "--json", "--dry-run", "--concurrency", "3", ".");
    expect(threaded).toEqual(alone);
    const { files } = JSON.parse(threaded.stdout) as RunResult;
    expect(files.map((file) => file.path)).toEqual(files.map((file) => file.path).toSorted());
    expect(files).toHaveLength(121);
  });

  it("write like none", () => {
    const folder = tempFolder(functions(30));
    expect(run(folder, "--concurrency", "2", ".").status).toBe(0);
    for (const name of namesIn(folder)) expect(contentOf(folder, name)).toBe(v2Function);
    expect(namesIn(folder)).toHaveLength(30);
  });

  it.each([
    ["EXIT", "exit code 7"],
    ["CRASH", "out of thin air"],
  ])("may break (%s): only the file at which one broke is reported as failed", (word, cause) => {
    const broken = `${v1Function}// ${word}\n`;
    const folder = tempFolder({ ...functions(120), "f0.js": broken, "f77.js": broken });
    const { status, stdout } = run(folder, "--json", "--concurrency", "2", ".");
    const { files, summary } = JSON.parse(stdout) as RunResult;
    expect(status).toBe(3);
    expect(summary).toEqual({ migrated: 118, mechanical: 0, refused: 0, unchanged: 0, failed: 2 });
    const failed = files.filter(({ verdict }) => verdict === "failed");
    expect(failed.map(({ path }) => path)).toEqual(["f0.js", "f77.js"]);
    for (const { path, reasons } of failed) {
      expect(reasons[0]?.message).toContain(`stopped (${cause}); run again with --concurrency 1`);
      expect(contentOf(folder, path)).toBe(broken);
    }
    for (const { path, verdict } of files) {
      if (verdict !== "failed") expect(contentOf(folder, path)).toBe(v2Function);
    }
  });
});

describe("a signal during the demonstration", () => {
  it("ends it, and its temporary folder is gone", async () => {
    const temporary = tempFolder();
    const child = spawn(process.execPath, [main, "demo"], {
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      stdio: "ignore",
    });
    const ended = once(child, "close");
    const isThere = (): boolean => namesIn(temporary).some((name) => name.startsWith("faas-migrate-demo-"));
    while (!isThere() && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    child.kill("SIGINT");
    await ended;
    expect(child.signalCode).toBe("SIGINT");
    expect(isThere()).toBe(false);
  });
});

describe("an interrupted run", () => {
  it("says that nothing was written, before it writes", async () => {
    const whenHeard =
      'process.on("newListener", (name) => { if (name === "SIGINT") writeFileSync("heard", ""); }); export default {};';
    const folder = tempFolder({
      ...functions(600),
      "faas-migrate.config.mjs": `import { writeFileSync } from "node:fs"; ${whenHeard}`,
    });
    const child = spawn(process.execPath, [main, "--allow-dirty", "--concurrency", "1", "."], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = once(child, "close");
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    while (!namesIn(folder).includes("heard") && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    child.kill("SIGINT");
    await ended;
    expect([child.signalCode, stderr]).toEqual(["SIGINT", "faas-migrate: interrupted; nothing was written\n"]);
    expect(contentOf(folder, "f0.js")).toBe(v1Function);
    const { status } = spawnSync(process.execPath, [main, "--allow-dirty", "."], { cwd: folder });
    expect([status, contentOf(folder, "f599.js")]).toEqual([0, v2Function]);
  });

  it("leaves each file old or new, says how many are written, and ends by the signal", async () => {
    const files = functions(600);
    const folder = tempFolder(files);
    const argv = [main, "--allow-dirty", "--concurrency", "1", "."];
    const child = spawn(process.execPath, argv, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const ended = once(child, "close");
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    while (contentOf(folder, "f100.js") === v1Function && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    child.kill("SIGINT");
    await ended;
    expect(child.signalCode).toBe("SIGINT");
    expect(namesIn(folder)).toEqual(Object.keys(files).toSorted());
    const written = namesIn(folder).filter((name) => contentOf(folder, name) === v2Function);
    const rest = namesIn(folder).filter((name) => contentOf(folder, name) === v1Function);
    expect(written.length + rest.length).toBe(600);
    expect(stdout).toContain(`${String(written.length)} functions: ${String(written.length)} migrated\n`);
    expect(stderr).toBe(
      `faas-migrate: the run was interrupted after ${String(written.length)} of 600 functions were written; run again for ` +
        "the others, or undo those with faas-migrate undo\n",
    );
    expect(spawnSync(process.execPath, [main, "undo"], { cwd: folder }).status).toBe(0);
    expect(new Set(namesIn(folder).map((name) => contentOf(folder, name)))).toEqual(new Set([v1Function]));
  });

  it("is none when only the reader goes away: all files are written", async () => {
    const folder = tempFolder(functions(300));
    const child = spawn(process.execPath, [main, "--allow-dirty", "--diff", "."], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const name of namesIn(folder)) expect(contentOf(folder, name)).toBe(v2Function);
  });

  it("hands a long result to a slow reader in full", async () => {
    const folder = tempFolder(functions(1000));
    const child = spawn(process.execPath, [main, "--json", "--check", "."], { cwd: folder });
    // Both are in place before the wait: Node.js throws the output of a child away that ends while nobody listens.
    const closed = once(child, "close");
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.stdout.resume();
    await closed;
    expect((JSON.parse(stdout) as RunResult).files).toHaveLength(1000);
    expect(child.exitCode).toBe(1);
  });
});
