import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadFunction } from "../../src/testing/load-function.ts";

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "faas-testing-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, "index.js");
  writeFileSync(path, text);
  return path;
}

const order = `import { Toolbelt } from "core-functions-toolbelt";
import { join } from "node:path";
const secrets = Toolbelt.SecretClient();
let loaded = 0;
async function lambda(input) {
  loaded += 1;
  const { value } = await secrets.readSecret("token");
  const response = await fetch(process.env.HOST + join("/orders", input.payload.id), { headers: { Authorization: value } });
  if (!response.ok) throw new Error("status " + response.status);
  console.info("read", loaded);
  return { brand: process.env.X_LIVEPERSON_BRAND_ID, order: await response.json() };
}
`;

describe("loadFunction", () => {
  it("loads a V2 function with secrets, variables and answers of the test", async () => {
    const { lambda, calls, logs } = await loadFunction(fileWith(order), {
      secrets: { token: "t-1" },
      env: { HOST: "https://api.example.com" },
      fetch: (url) => Response.json({ url: url instanceof Request ? url.url : String(url) }),
    });
    expect(await lambda({ payload: { id: "7" } })).toEqual({
      brand: "12345678",
      order: { url: "https://api.example.com/orders/7" },
    });
    expect(calls).toEqual([
      { name: "SecretClient.readSecret", args: ["token"] },
      { name: "fetch", args: ["https://api.example.com/orders/7", { headers: { Authorization: "t-1" } }] },
    ]);
    expect(logs).toEqual([{ level: "info", args: ["read", 1] }]);
  });

  it("fails as the function does, with errors of this realm", async () => {
    const { lambda } = await loadFunction(fileWith(order), {
      secrets: { token: "t" },
      fetch: () => new Response("no", { status: 503 }),
    });
    await expect(lambda({ payload: { id: "7" } })).rejects.toThrow(new Error("status 503"));
    const other = await loadFunction(fileWith(order));
    await expect(other.lambda({ payload: { id: "7" } })).rejects.toThrow("There is no secret token for this account");
  });

  it("says what is missing where the test gives no fetch", async () => {
    const { lambda } = await loadFunction(fileWith(order), { secrets: { token: "t" } });
    await expect(lambda({ payload: { id: "7" } })).rejects.toThrow("The test gives no `fetch`");
  });

  it("keeps variables of the module between calls, and none between loads", async () => {
    const path = fileWith(order);
    const world = { secrets: { token: "t" }, fetch: () => Response.json(1) };
    const first = await loadFunction(path, world);
    await first.lambda({ payload: { id: "1" } });
    await first.lambda({ payload: { id: "1" } });
    expect(first.logs.map(({ args }) => args[1])).toEqual([1, 2]);
    const second = await loadFunction(path, world);
    await second.lambda({ payload: { id: "1" } });
    expect(second.logs.map(({ args }) => args[1])).toEqual([1]);
  });

  it("takes factories of the toolbelt and packages from the test", async () => {
    const text = `import { Toolbelt, LpServices } from "core-functions-toolbelt"; import clock from "some-clock"; import { tick } from "some-clock";
      const client = Toolbelt.LpClient();
      async function lambda() { return [await client(LpServices.ACCOUNT_CONFIG_READ_ONLY, "/x", {}), clock.tick, tick]; }`;
    const { lambda, calls } = await loadFunction(fileWith(text), {
      toolbelt: { LpClient: () => () => Promise.resolve("answer") },
      packages: { "some-clock": { tick: 5 } },
    });
    expect(await lambda()).toEqual(["answer", 5, 5]);
    expect(calls).toEqual([{ name: "LpClient", args: ["accountConfigReadOnly", "/x", {}] }]);
  });

  it("loads a V1 function, whose callback becomes a promise", async () => {
    const text = `const { Toolbelt } = require("lp-faas-toolbelt"); const http = Toolbelt.HTTPClient();
      function lambda(input, callback) { http("https://api.example.com/" + process.env.BRAND_ID).then((r) => callback(null, r), callback); }
      module.exports = lambda;`;
    const { lambda, calls } = await loadFunction(fileWith(text), {
      toolbelt: { HTTPClient: () => (url: string) => Promise.resolve(`answer of ${url}`) },
    });
    expect(await lambda({})).toBe("answer of https://api.example.com/12345678");
    expect(calls).toEqual([{ name: "HTTPClient", args: ["https://api.example.com/12345678"] }]);
  });

  it("throws what the platform would for a name that the toolbelt does not have", async () => {
    const path = fileWith(`import { HTTPClient } from "core-functions-toolbelt"; async function lambda() {}`);
    await expect(loadFunction(path)).rejects.toThrow(SyntaxError);
  });
});
