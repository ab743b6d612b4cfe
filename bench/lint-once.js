// One measured run of `bench/lint.js`: lints a folder and prints the CPU time in milliseconds and the findings.
import console from "node:console";
import process from "node:process";
import { URL } from "node:url";
import js from "@eslint/js";
import { ESLint } from "eslint";

// What is compiled is measured; types come from the sources, because `dist` may not be there yet.
const compiled = new URL("../dist/src/plugin/index.js", import.meta.url).href;
/** @typedef {typeof import("../src/plugin/index.ts")} Compiled */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
const { default: faas } = /** @type {Compiled} */ (await import(compiled));

const [folder = "", configName = "core"] = process.argv.slice(2);
const ours = configName === "core" ? [] : [faas.configs[/** @type {"recommended" | "strict"} */ (configName)]];
const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ["**/*.js"] },
    { files: ["v1/**"], languageOptions: { sourceType: "commonjs" } },
    js.configs.recommended,
    ...ours,
  ],
});

const before = process.cpuUsage();
const results = await eslint.lintFiles(["."]);
const { user, system } = process.cpuUsage(before);
const messages = results.flatMap((result) => result.messages);
const fatal = messages.filter((message) => message.fatal === true).length;
const own = messages.filter(({ ruleId }) => ruleId?.startsWith("faas/") === true).length;
console.log(JSON.stringify({ milliseconds: (user + system) / 1000, files: results.length, fatal, own }));
