import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finished, Installation } from "./packed.ts";
import { installPacked, linkPackage, repository, run } from "./packed.ts";

/** Unit tests of a V2 function in a project that has the packed package installed, run by the three runners. */
let installation: Installation;

const ORDER = `import { Toolbelt } from "core-functions-toolbelt";
import { join } from "node:path";

const secrets = Toolbelt.SecretClient();

async function lambda(input) {
  const { value } = await secrets.readSecret("shopToken");
  const response = await fetch("https://shop.example.com" + join("/orders", input.payload.id), {
    headers: { Authorization: "Bearer " + value },
  });
  if (!response.ok) throw new RangeError("status " + response.status);
  const { state } = await response.json();
  console.info("state", { state });
  return state;
}
`;

const OLD = `const { Toolbelt } = require("lp-faas-toolbelt");
const http = Toolbelt.HTTPClient();
module.exports = function lambda(input, callback) {
  http("https://shop.example.com/" + input.payload.id).then((body) => callback(null, { body }), callback);
};
`;

/** The test of the guide, as CommonJS. */
function guide(): string {
  const page = readFileSync(join(repository, "docs/testing.md"), "utf8");
  const code = /^<!-- begin test -->\s+```js\n(?<code>.*?)^```$/msu.exec(page)?.groups?.["code"];
  if (code === undefined) throw new Error("docs/testing.md has no test between its marks.");
  return code;
}

/** What a runner without jest's `expect` sees as well: classes and plain objects of the test's own realm. */
const REALM = `
test("makes values and errors of the realm of the test", async () => {
  const loaded = await loadFunction("functions/order/index.js", { ...world, env: { A: "1" } });
  await loaded.lambda({ payload: { id: "7" } });
  expect(loaded.logs).toStrictEqual([{ level: "info", args: ["state", { state: "sent" }] }]);
  const failing = await loadFunction("functions/order/index.js", { ...world, fetch: async () => new Response("", { status: 503 }) });
  await expect(failing.lambda({ payload: { id: "7" } })).rejects.toThrow(RangeError);
});

test("loads a V1 function", async () => {
  const { lambda, calls } = await loadFunction("functions/old/index.js", {
    toolbelt: { HTTPClient: () => async (url) => "answer of " + url },
  });
  expect(await lambda({ payload: { id: "7" } })).toStrictEqual({ body: "answer of https://shop.example.com/7" });
  expect(calls).toHaveLength(1);
});
`;

function asModule(code: string, head = ""): string {
  return (
    head +
    code.replace(
      'const { loadFunction } = require("faas-migrate/testing");',
      'import { loadFunction } from "faas-migrate/testing";',
    )
  );
}

function put(path: string, text: string): void {
  const file = join(installation.project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function runNode(...args: readonly string[]): Finished {
  return run(process.execPath, args, installation.project);
}

beforeAll(() => {
  installation = installPacked();
  for (const name of ["jest", "vitest"]) linkPackage(name, join(installation.project, "node_modules"));
  put("package.json", JSON.stringify({ name: "shop-functions", private: true }));
  put("functions/package.json", JSON.stringify({ type: "module" }));
  put("functions/order/index.js", ORDER);
  put("functions/old/index.js", OLD);
  put("jest.config.json", JSON.stringify({ transform: {}, testMatch: ["**/jest/*.js", "**/jest/*.mjs"] }));
});

afterAll(() => {
  rmSync(installation.root, { recursive: true, force: true });
});

describe("loadFunction", () => {
  it("works under jest with CommonJS", () => {
    put("jest/order.js", guide() + REALM);
    const { status, stderr } = runNode(
      "node_modules/jest/bin/jest.js",
      "--config",
      "jest.config.json",
      "jest/order.js",
    );
    expect(stderr).toContain("4 passed");
    expect(status).toBe(0);
  });

  it("works under jest with ES modules", () => {
    put("jest/order.mjs", asModule(guide() + REALM));
    const args = ["--config", "jest.config.json", "jest/order.mjs"];
    const { status, stderr } = runNode("--experimental-vm-modules", "node_modules/jest/bin/jest.js", ...args);
    expect(stderr).toContain("4 passed");
    expect(status).toBe(0);
  });

  it("works under vitest", () => {
    put("vitest/order.test.mjs", asModule(guide() + REALM, 'import { expect, test } from "vitest";\n'));
    const { status, stdout, stderr } = runNode("node_modules/vitest/vitest.mjs", "run", "--dir", "vitest");
    expect(stdout + stderr).toMatch(/4 passed/u);
    expect(status).toBe(0);
  });

  it.each([
    [
      "CommonJS",
      "order.test.cjs",
      'const assert = require("node:assert"); const { test } = require("node:test"); const { loadFunction } = require("faas-migrate/testing");',
    ],
    [
      "ES modules",
      "order.test.mjs",
      'import assert from "node:assert"; import { test } from "node:test"; import { loadFunction } from "faas-migrate/testing";',
    ],
  ])("works under node:test with %s", (_, name, head) => {
    put(
      `node/${name}`,
      `${head}
test("gives the state of the order", async () => {
  const { lambda, calls, logs } = await loadFunction("functions/order/index.js", {
    secrets: { shopToken: "t-1" },
    fetch: async () => Response.json({ state: "sent" }),
  });
  assert.strictEqual(await lambda({ payload: { id: "7" } }), "sent");
  assert.deepStrictEqual(calls.map(({ name }) => name), ["SecretClient.readSecret", "fetch"]);
  assert.deepStrictEqual(logs, [{ level: "info", args: ["state", { state: "sent" }] }]);
});
`,
    );
    const { status, stdout } = runNode("--test", `node/${name}`);
    expect(stdout).toMatch(/pass 1\b/u);
    expect(status).toBe(0);
  });
});
