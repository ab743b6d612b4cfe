import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { sandboxFile } from "../verify/support.ts";
import { cli, contentOf, tempFolder } from "./support.ts";

const sandbox = sandboxFile();

const typed = `import { Toolbelt } from "lp-faas-toolbelt";

interface Order {
  state: string;
}

export async function lambda(input: any, callback: (error: any, result?: string) => void): Promise<void> {
  const http = Toolbelt.HTTPClient();
  try {
    const order: Order = await http(\`https://orders.example.com/\${process.env.SHOP}\`, { json: true });
    callback(null, order.state);
  } catch (error) {
    callback(error);
  }
}
`;
const config = JSON.stringify({ input: {}, environmentVariables: [{ key: "SHOP", value: "7" }] });

const project = {
  "src/order/index.ts": typed,
  "src/order/config.json": config,
  "src/order/types.d.ts": "export function lambda(input: any, callback: any): void;\n",
  "src/other/index.mts": typed.replace("https:", "http:"),
  "src/tools/format.ts": "export const format = (text: string): string => text.trim();\n",
};

function run(folder: string, ...argv: readonly string[]) {
  return cli(folder, argv, { sandbox, migrateSource });
}

describe("functions in TypeScript", () => {
  it("are found, migrated with their types, and checked in every way", async () => {
    const folder = tempFolder({ ...project, "tsconfig.json": '{ "compilerOptions": { "strict": true } }' });
    const { code, stdout, stderr } = await run(folder, "--verify", "--typecheck", "--verbose", "src/");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/src\/order\/index\.ts.*same in \d+ scenarios/u);
    expect(contentOf(folder, "src/order/index.ts")).toContain("async function lambda(input: any): Promise<string> {\n");
    expect(JSON.parse(contentOf(folder, "src/order/config.json"))).toMatchObject({
      environmentVariables: { SHOP: "7" },
    });
    expect(contentOf(folder, "src/other/index.mts")).toContain("const order: Order = parseJson(");
    expect(contentOf(folder, "src/order/types.d.ts")).toBe(project["src/order/types.d.ts"]);
    expect(await run(folder, "--check", "src/")).toMatchObject({ code: 0 });
  });

  it("are compared by `verify`", async () => {
    const after = migrateSource("index.ts", typed, { style: "faithful" }).text;
    const files = { "old.ts": typed, "new.ts": after, "wrong.ts": after.replace("order.state", "order.status") };
    const folder = tempFolder(files);
    expect(await run(folder, "verify", "old.ts", "new.ts")).toMatchObject({ code: 0 });
    expect(await run(folder, "verify", "old.ts", "wrong.ts")).toMatchObject({ code: 1 });
  });

  it("have type errors that the original has not told with their places", async () => {
    const broken = (path: string, text: string, options: Parameters<typeof migrateSource>[2]) => {
      const result = migrateSource(path, text, options);
      return { ...result, text: result.text.replace("return order.state", "return order.stat") };
    };
    const folder = tempFolder(project);
    const { stdout } = await cli(folder, ["--typecheck", "--dry-run", "src/order"], { migrateSource: broken });
    expect(stdout).toMatch(/NEEDS YOU[^]+type-error/u);
  });

  it("that hold what can't be read as JavaScript stay, with the reason", async () => {
    const decorated = typed.replace("export async", "@sealed\nclass Shop {}\n\nexport async");
    const folder = tempFolder({ "a/index.ts": decorated });
    const { code, stdout } = await run(folder, "a");
    expect(code).toBe(1);
    expect(stdout).toContain("a decorator");
    expect(contentOf(folder, "a/index.ts")).toBe(decorated);
  });

  it("are left out by their transforms alone where these would turn ES modules into CommonJS", async () => {
    const folder = tempFolder({ "a/index.ts": typed });
    const { stdout } = await run(folder, "--transform", "callback-to-async", "a");
    expect(stdout).toContain("typescript-syntax");
    expect(contentOf(folder, "a/index.ts")).toBe(typed);
  });
});
