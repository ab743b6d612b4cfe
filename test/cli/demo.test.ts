import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { sandboxFile } from "../verify/support.ts";
import { cli, tempFolder } from "./support.ts";

const sandbox = sandboxFile();

describe("faas-migrate demo", () => {
  it("shows on one screen what becomes of three functions, and leaves nothing behind", async () => {
    const folder = tempFolder();
    // A place for temporary folders that no other run uses at the same time.
    vi.stubEnv("TMPDIR", tempFolder());
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { code, stdout, stderr } = await cli(folder, ["demo"], { migrateSource, sandbox });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain('-  callback(null, "Hello " + input.payload.name);\n+async function lambda(input) {\n');
    expect(stdout).toContain("NEEDS YOU (1)\n  functions/through-proxy/index.js   refused\n");
    expect(stdout).toMatch(/greeting +same in \d+ scenarios/u);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith("faas-migrate-demo-"));
    expect(left).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes no paths", async () => {
    const { code, stderr } = await cli(tempFolder(), ["demo", "functions"]);
    expect(code).toBe(2);
    expect(stderr).toContain("demo takes no paths; npx faas-migrate --dry-run --diff functions shows yours");
  });
});
