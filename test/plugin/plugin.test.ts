import { ESLint } from "eslint";
import { defineConfig } from "eslint/config";
import { describe, expect, it } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import plugin from "../../src/plugin/index.ts";

describe("the plugin", () => {
  it("says who it is", () => {
    expect(plugin.meta).toEqual({ name: "faas-migrate", version: manifest.version, namespace: "faas" });
  });

  it("is one that ESLint takes", async () => {
    const overrideConfig = defineConfig({ plugins: { faas: plugin }, rules: { "no-var": "error" } });
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig });
    const [result] = await eslint.lintText("var a;\n", { filePath: "index.js" });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(["no-var"]);
  });
});
