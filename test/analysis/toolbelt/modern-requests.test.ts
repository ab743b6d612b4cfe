import { describe, expect, it } from "vitest";
import { isModernRequest } from "../../../src/analysis/toolbelt/modern-requests.ts";
import { modelOf, present } from "../support.ts";

function isModern(body: string): boolean {
  const model = modelOf(`async function lambda(input) { ${body} }\nfunction read(answer) { return answer.json(); }`);
  const call = present(model.nodes("CallExpression").find(({ callee }) => model.textOf(callee) === "send"));
  return isModernRequest(model, call);
}

describe("isModernRequest", () => {
  it.each([
    ["return (await send()).json();"],
    ["const response = await send(); return response.text();"],
    ["return read(await send());"],
    ["return send().then((response) => response.json());"],
    ["return send().then(function (response) { return response['text'](); });"],
    ["return send().then(read);"],
  ])("is true of %s", (body) => {
    expect(isModern(body)).toBe(true);
  });

  it.each([
    ["return await send();"],
    ["return (await send()).body;"],
    ["return (await send()).json;"],
    ["return (await send())[input.x]();"],
    ["const response = await send(); return response.text;"],
    ["const { body } = await send(); return body.text();"],
    ["return other(await send());"],
    ["return input.read(await send());"],
    ["return (await send())(read);"],
    ["return send();"],
    ["return send().body;"],
    ["return send().then;"],
    ["return send().then();"],
    ["return send().then(() => 1);"],
    ["return send().then(({ json }) => json());"],
    ["return send().catch((response) => response.json());"],
    ["return send().then(input.read);"],
    ["const held = read; return send().then(held);"],
  ])("is false of %s", (body) => {
    expect(isModern(body)).toBe(false);
  });
});
