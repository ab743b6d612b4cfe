import { describe, expect, it } from "vitest";

import { cli, contentOf, tempFolder } from "./support.ts";

const installed = { "node_modules/faas-migrate/package.json": "{}" };
const names = ["faas-migrate/types/core-functions-toolbelt", "faas-migrate/types/lp-faas-toolbelt"];

describe("faas-migrate types", () => {
  it("writes a jsconfig.json where there is none", async () => {
    const folder = tempFolder(installed);
    const { code, stdout } = await cli(folder, ["types"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "jsconfig.json: written; it names the declarations of both toolbelts\n",
    });
    expect(JSON.parse(contentOf(folder, "jsconfig.json"))).toMatchObject({
      compilerOptions: { checkJs: true, types: ["node", ...names] },
    });
    expect(await cli(folder, ["types"])).toMatchObject({
      code: 0,
      stdout: "jsconfig.json: names the declarations already\n",
    });
  });

  it("says how to install them where they are not", async () => {
    const { stdout } = await cli(tempFolder(), ["types"]);
    expect(stdout).toContain("\nInstall them there: npm install --save-dev faas-migrate\n");
  });

  it("adds them to a list of types and leaves all else as it is, comments and line endings included", async () => {
    const text =
      '\uFEFF// Ours.\r\n{\r\n  "compilerOptions": {\r\n    "strict": true, // please\r\n    "types": ["jest"]\r\n  }\r\n}\r\n';
    const folder = tempFolder({ ...installed, "sub/tsconfig.json": text });
    const { stdout } = await cli(folder, ["types", "sub"]);
    expect(stdout).toBe("sub/tsconfig.json: added the declarations of the toolbelts to compilerOptions.types\n");
    const changed = contentOf(folder, "sub/tsconfig.json");
    expect(changed.replaceAll(/\s+/gu, "")).toBe(
      text.replaceAll(/\s+/gu, "").replace('["jest"]', `["jest","${names.join('","')}"]`),
    );
    expect(changed.startsWith("\uFEFF// Ours.\r\n")).toBe(true);
  });

  it.each([
    ["has no list of types", '{ "compilerOptions": { "strict": true } }', 'write "types": ["node",'],
    ["does not parse", "{ compilerOptions", "it does not parse; correct it"],
  ])("leaves a configuration that %s, and says why", async (_what, text, why) => {
    const folder = tempFolder({ ...installed, "jsconfig.json": text });
    const { code, stdout } = await cli(folder, ["types"]);
    expect(code).toBe(1);
    expect(stdout).toContain("jsconfig.json: left as it is: ");
    expect(stdout).toContain(why);
    expect(contentOf(folder, "jsconfig.json")).toBe(text);
  });

  it("writes nothing with --dry-run", async () => {
    const folder = tempFolder(installed);
    const { stdout } = await cli(folder, ["types", "--dry-run"]);
    expect(stdout).toBe("jsconfig.json: would be written; it names the declarations of both toolbelts\n");
    expect(() => contentOf(folder, "jsconfig.json")).toThrow("ENOENT");
  });

  it.each([
    [["types", "no-such"], "no-such does not exist; check the path"],
    [["types", "a", "b"], "types takes one folder; 2 given"],
    [["types", "--json"], "unknown option '--json'"],
  ])("%j is wrong usage", async (argv, message) => {
    const { code, stderr } = await cli(tempFolder({ "a/x": "", "b/x": "" }), argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
