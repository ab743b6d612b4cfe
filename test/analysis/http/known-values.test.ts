import { describe, expect, it } from "vitest";
import { isDefined, isString, isText } from "../../../src/analysis/http/known-values.ts";
import { argumentOf, modelOf } from "../support.ts";

const SECRETS = `const { Toolbelt } = require("lp-faas-toolbelt"); const secrets = Toolbelt.SecretClient();`;

describe("surely defined", () => {
  it.each([
    [`${SECRETS} async function lambda() { const s = await secrets.readSecret("a"); f(s.value); }`, true],
    [`${SECRETS} async function lambda() { const { value } = await secrets.readSecret("a"); f(value); }`, true],
    [
      `${SECRETS} async function lambda() { const [, s] = await Promise.all([g(), secrets.readSecret("a")]); f(s.value); }`,
      true,
    ],
    [
      `${SECRETS} async function lambda() { const [s] = await Promise.allSettled([secrets.readSecret("a")]); f(s.value); }`,
      false,
    ],
    [`${SECRETS} async function lambda() { const s = await secrets.readSecret("a"); f(s.key); }`, false],
    [`async function lambda() { const s = await secrets.readSecret("a"); f(s.value); }`, false],
    [`${SECRETS} async function lambda() { const s = await secrets.readSecret("a"); s.value = b; f(s.value); }`, false],
    [
      `${SECRETS} async function read() { return secrets.readSecret("a"); } read().then(({ value }) => f(value));`,
      true,
    ],
    ["f(process.env.BRAND_ID);", true],
    ["const { BRAND_ID } = process.env; f(BRAND_ID);", true],
    ["f(process.env.OWN);", false],
    ["f(process.env.BRAND_ID); process.env[name];", true],
    ["delete process.env.LAMBDA_UUID; f(process.env.BRAND_ID);", true],
    ["delete process.env.BRAND_ID; f(process.env.BRAND_ID);", false],
    ["const { env } = process; delete env.BRAND_ID; f(process.env.BRAND_ID);", false],
    ["delete process.env[name]; f(process.env.BRAND_ID);", false],
    ["Reflect.deleteProperty(process.env, name); f(process.env.BRAND_ID);", false],
    ["clean(process.env); f(process.env.BRAND_ID);", false],
    ["console.log(process.env, { ...process.env }, Object.keys(process.env)); f(process.env.BRAND_ID);", true],
    ["Object.assign({}, process.env); f(process.env.BRAND_ID);", true],
    ["Object.assign(process.env, defaults); f(process.env.BRAND_ID);", false],
    ["process.env = {}; f(process.env.BRAND_ID);", false],
  ])("%s → %j", (text, expected) => {
    const model = modelOf(text);
    expect(isDefined(model, argumentOf(model, "f"))).toBe(expected);
  });
});

it("takes the JSON of a secret for a text", () => {
  const text = `async function lambda() { f(JSON.stringify((await secrets.readSecret("a")).value)); }`;
  const [known, unknown] = [`${SECRETS} ${text}`, text].map(modelOf).map((model) => {
    const node = argumentOf(model, "f");
    return [isString(model, node), isText(model, node)];
  });
  expect(known).toEqual([true, true]);
  expect(unknown).toEqual([false, true]);
});
