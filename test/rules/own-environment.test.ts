import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import faas from "../../src/plugin/index.ts";

const CODE = "async function lambda() {\n  return process.env.BRAND_ID;\n}\n";
let folder = "";

/** The path of a function whose config.json holds this text. */
function functionWith(name: string, config: string, file = "index.js"): string {
  const at = join(folder, name);
  mkdirSync(at);
  writeFileSync(join(at, "config.json"), config);
  return join(at, file);
}

/** How many findings `recommended` has in a file. */
async function found(filePath: string): Promise<number> {
  const overrideConfig = [{ languageOptions: { sourceType: "commonjs" as const } }, faas.configs.recommended].flat();
  const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig });
  const results = await eslint.lintText(CODE, { filePath });
  return results.flatMap(({ messages }) => messages.filter(({ ruleId }) => ruleId === "faas/no-legacy-env")).length;
}

describe("no-legacy-env and the config.json beside a function", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "own-environment-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["v1", '{ "environmentVariables": [{ "key": "BRAND_ID", "value": "1" }] }'],
    ["v2", '{ "environmentVariables": { "BRAND_ID": "1" } }'],
  ])("leaves alone what it defines in the form of %s", async (name, config) => {
    expect(await found(functionWith(name, config))).toBe(0);
  });

  it("reports what it does not define, and where it can't be read", async () => {
    expect(await found(functionWith("other", '{ "environmentVariables": { "API_URL": "1" } }'))).toBe(1);
    expect(await found(functionWith("broken", "{"))).toBe(1);
    expect(await found(join(folder, "none", "index.js"))).toBe(1);
  });

  it("looks only beside the file of a function", async () => {
    const config = '{ "environmentVariables": { "BRAND_ID": "1" } }';
    expect(await found(functionWith("helper", config, "lambda-of-another.js"))).toBe(1);
  });
});
