import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { findSecretRuns } from "../../../src/analysis/secrets/runs.ts";

function runsOf(body: string): { runs: number[]; apart: string[] } {
  const text = `import { Toolbelt } from "core-functions-toolbelt";
const c = Toolbelt.SecretClient();
let shared = "a";
async function lambda(input) {
${body}
}
`;
  const { runs, apart } = findSecretRuns(createModel(parseSource(text)));
  return { runs: runs.map(({ reads }) => reads.length), apart: apart.map(({ id }) => id) };
}

describe("findSecretRuns", () => {
  it("tells the reads that can run together", () => {
    const body = "const a = await c.readSecret('a'); const n = a.value; const b = await c.readSecret('b');";
    expect(runsOf(body)).toEqual({ runs: [2], apart: [] });
    expect(runsOf("const a = await c.readSecret('a');")).toEqual({ runs: [], apart: [] });
  });

  it.each([
    ["needs-result", "const a = await c.readSecret('a'); const b = await c.readSecret(`${a}`);"],
    ["needs-result", "const a = await c.readSecret('a'); const k = 'k'; const b = await c.readSecret(k);"],
    ["code-between", "const a = await c.readSecret('a'); console.log(1); const b = await c.readSecret('b');"],
    ["argument", "const a = await c.readSecret('a'); const b = await c.readSecret(shared); shared = b.key;"],
    ["same-secret", "const a = await c.readSecret('a'); const b = await c.readSecret('a');"],
    ["same-secret", "const a = await c.readSecret(input); const b = await c.readSecret('a', { useCache: false });"],
    ["other-kind", "const a = await c.readSecret('a'); let b = await c.readSecret('b');"],
    ["visible-on-failure", "let b; shared = await c.readSecret('a'); b = await c.readSecret('b');"],
    ["visible-on-failure", "try { var a = await c.readSecret('a'); var b = await c.readSecret('b'); } catch { a(); }"],
    ["promise-taken", "const Promise = 1; const a = await c.readSecret('a'); const b = await c.readSecret('b');"],
  ])("tells why a read must wait: %s", (id, body) => {
    const { runs, apart } = runsOf(body);
    expect(runs).toEqual([]);
    expect(apart).toEqual([id]);
  });
});
