import { describe, expect, it } from "vitest";
import { findUncheckedResponses } from "../../../src/analysis/http/response-checks.ts";
import { modelOf } from "../support.ts";

/** The uses of bodies in a text, `?` behind those that are certain on some paths only. */
function uncheckedIn(text: string): string[] {
  const model = modelOf(text);
  return findUncheckedResponses(model).map(({ use, isCertain }) => model.textOf(use) + (isCertain ? "" : "?"));
}

const inHandler = (body: string): string[] => uncheckedIn(`async function lambda(input) {\n${body}\n}`);

describe("findUncheckedResponses", () => {
  it.each([
    ["return (await fetch('a')).json();", "(await fetch('a')).json()"],
    ["const response = await fetch('a'); return response.json();", "response.json()"],
    ["const a = 1, response = await fetch('a'); return response.text();", "response.text()"],
    ["let response; response = await fetch('a'); return response.json();", "response.json()"],
    ["let response = null; response = await fetch('a'); return response.json();", "response.json()"],
    ["const response = await fetch('a'); console.log(response.status); return response.json();", "response.json()"],
    ["const response = await fetch('a'); console.log(response); return response.json();", "response.json()"],
    ["const response = await fetch('a'); if (!response) return; return response.json();", "response.json()"],
    ["const response = await fetch('a'); if (response) return response.json();", "response.json()"],
    ["const response = await fetch('a'); use(response.headers); return response.json();", "response.json()"],
    ["const response = await fetch('a'); if (input.x) check(response.ok); return response.json();", "response.json()?"],
    ["return fetch('a').then((response) => response.json());", "response.json()"],
    ["const [a] = await Promise.all([fetch('a')]); return a.json();", "a.json()"],
    ["const [, b] = await Promise.all([input.x, fetch('a')]); return b.json();", "b.json()"],
    ["let response; response ||= await fetch('a'); return response.json();", "response.json()"],
    ["const all = await Promise.all([fetch('a')]); return all[0].json();", "all[0].json()"],
    ["const all = await Promise.all([fetch('a')]); return Promise.all(all.map((one) => one.json()));", "one.json()"],
    ["const send = (url) => fetch(url); const answer = await send('a'); return answer.json();", "answer.json()"],
    ["const kept = {}; kept.response = await fetch('a'); return kept.response.json();", "kept.response.json()"],
  ])("finds the use of a body in %s", (body, use) => {
    expect(inHandler(body)).toEqual([use]);
  });

  it.each([
    ["return fetch('a');"],
    ["return (await fetch('a')).status;"],
    ["return (await fetch('a')).json;"],
    ["await (await fetch('a')).text();"],
    ["const { status } = await fetch('a'); return status;"],
    ["const response = await fetch('a'); return response;"],
    ["const response = await fetch('a'); return response.clone().json();"],
    ["const response = await fetch('a'); return response[input.x]();"],
    ["const response = await fetch('a'); return input.read(response);"],
    ["const response = await fetch('a'); if (!response.ok) throw new Error('a'); return response.json();"],
    ["const response = await fetch('a'); if (-response) return; return response.json();"],
    ["const response = await fetch('a'); const { error } = await response.json(); return error;"],
    ["const { ok } = await (await fetch('a')).json(); return ok;"],
    ["let response = input.x; response = await fetch('a'); return response.json();"],
    ["input.response = await fetch('a'); return input.response.json();"],
    ["return fetch('a').catch((response) => response.json());"],
    ["return fetch('a').then;"],
    ["return fetch('a').then();"],
    ["return fetch('a').then(({ body, ok }) => (ok ? body : null));"],
    ["const { body } = await fetch('a'); console.log(typeof body);"],
    ["const response = await fetch('a'); await response.body?.cancel(); return response.body === null;"],
    ["return fetch('a').then(input.read);"],
    ["return fetch('a').then((response) => { response = input.x; return response.json(); });"],
    ["return Promise.all([fetch('a')]);"],
    ["const [a] = await Promise.race([fetch('a')]); return a.json();"],
    ["const [b, a] = await Promise.all([...input.list, fetch('a')]); return a.json();"],
    ["const [{ status }] = await Promise.all([fetch('a')]); return status;"],
    ["const all = [fetch('a')]; return all;"],
    ["const send = (url) => fetch(url); const answer = await send('a'); return answer.ok && answer.json();"],
    [
      "const all = await Promise.all([fetch('a')]); all.forEach((one) => { if (!one.ok) throw 1; }); return all[0].json();",
    ],
    ["const send = async (url) => (await fetch(url)).json(); const { error } = await send('a'); return error;"],
  ])("leaves %s alone", (body) => {
    expect(inHandler(body)).toEqual([]);
  });

  it.each([
    ["function read(response) { return response.json(); }", ["response.json()"], "return read(await fetch('a'));"],
    ["function read(response) { return response.json(); }", ["read"], "return fetch('a').then(read);"],
    ["const read = (response) => response.json();", ["read"], "return fetch('a').then(read);"],
    [
      "const read = (response) => response.json();",
      ["read(response)"],
      "const response = await fetch('a'); return read(response);",
    ],
    ["function read(response) { return response.ok; }", [], "return fetch('a').then(read);"],
    ["function read(response) { use(response); return response.json(); }", [], "return fetch('a').then(read);"],
    ["function read({ body }) { return body; }", ["body"], "return fetch('a').then(read);"],
    ["function read() { return 1; }", [], "return fetch('a').then(read);"],
    ["let read = (response) => response.json(); read = 1;", [], "return fetch('a').then(read);"],
    ["function read(response) { response = 1; return response.json(); }", [], "return fetch('a').then(read);"],
    ["const read = 1;", [], "return fetch('a').then(read);"],
  ])("looks into a function of the file: %s", (code, uses, body) => {
    expect(uncheckedIn(`${code}\nasync function lambda(input) { ${body} }`)).toEqual(uses);
  });

  it("takes requests of V2's LpClient too, and tells a variable that holds several responses once", () => {
    const head = "import { Toolbelt } from 'core-functions-toolbelt';\nconst client = Toolbelt.LpClient();\n";
    expect(
      uncheckedIn(`${head}async function lambda() { const a = await client('s', '/'); client.x; return a.json(); }`),
    ).toEqual(["a.json()"]);
    expect(inHandler("let a; if (input.x) a = await fetch('a'); else a = await fetch('b'); return a.json();")).toEqual([
      "a.json()",
    ]);
  });

  it("works in module scope, and gives the declaration where a check can stand behind it", () => {
    const model = modelOf("const a = await fetch('a'); export const b = await a.json();");
    expect(findUncheckedResponses(model)[0]?.declaration?.type).toBe("VariableDeclaration");
    const exported = modelOf("export const a = await fetch('a'); export const b = await a.json();");
    expect(findUncheckedResponses(exported)[0]?.declaration).toBeUndefined();
  });
});
