import { describe, expect, it } from "vitest";
import { affectedTexts } from "../../../src/analysis/errors/texts.ts";
import { modelOf } from "../support.ts";

const TEXTS = [{ legacy: "Secret was not found", word: ["not found", "missing"] }] as const;

function affected(text: string): string[] {
  return affectedTexts(modelOf(text), TEXTS).map(({ legacy, word }) => `${legacy}${word === undefined ? " ?" : ""}`);
}

const inCatch = (statement: string): string =>
  `async function lambda(input) { try { run(); } catch (err) { ${statement} } }`;

describe("affectedTexts", () => {
  it.each([
    ["err.message === 'Secret was not found'", "Secret was not found"],
    ["'Secret was not found' != err.message", "Secret was not found"],
    ["err.message.includes('not found')", "not found"],
    ["err.message.includes(`not found`)", "not found"],
    ["'not found'.includes(err.message)", "not found"],
    ["/not found/g.test(err.message)", "/not found/g ?"],
    ["/not found/.exec(err)", "/not found/ ?"],
    ["err.message.match(/was not/)", "/was not/ ?"],
    ["err.message.match(/was/)", undefined],
    ["/^(secret|user) was not \\w+$/i.test(err.message)", "/^(secret|user) was not \\w+$/i ?"],
    ["/(?<=was) not/.test(err.message)", "/(?<=was) not/ ?"],
    ["/(?<=was) not/.test(input.payload.message)", undefined],
    ["/^[a-z ]+$/i.test(input.payload.name)", undefined],
    ["/not found/.test(input.payload.message)", "/not found/ ?"],
    ["new RegExp('not found').test(err.message)", "'not found' ?"],
    ["RegExp('NOT FOUND', 'i').test(err.message)", "'NOT FOUND' ?"],
    ["new RegExp(`not found`).test(err.message)", "not found ?"],
    ["new RegExp('not found' + name).test(err.message)", undefined],
    ["err.message === 'other'", undefined],
    ["err.message === ''", undefined],
    ["err.message === 'not found'", undefined],
    ["err.message < 'Secret was not found'", undefined],
    ["err.message.concat('Secret was not found')", undefined],
    ["err.message[name]('Secret was not found')", undefined],
    ["'Secret was not found'.length", undefined],
    ["'Secret was not found'.concat(err.message)", undefined],
    ["'Secret was not found'[name](err.message)", undefined],
    ["show('Secret was not found')", undefined],
    ["['Secret was not found', 'b'].includes(err.message)", "Secret was not found"],
    ["err.message === 'Secret was not found' + name", "Secret was not found"],
    ["err.message === `Secret was not found${name}`", "Secret was not found"],
    ["err.message === 1", undefined],
  ])("tells whether %s turns out otherwise", (expression, legacy) => {
    expect(affected(inCatch(`${expression};`))).toEqual(legacy === undefined ? [] : [legacy]);
  });

  it("follows names and switches", () => {
    const text = "switch (err.message) { case 'Secret was not found': break; }";
    expect(affected(inCatch(text))).toEqual(["Secret was not found"]);
    expect(affected(`const TEXT = 'not found'; ${inCatch("err.message.includes(TEXT);")}`)).toEqual(["not found"]);
    expect(affected(`let text = 'not found'; text = 1; ${inCatch("err.message.includes(text);")}`)).toEqual([]);
    expect(affected(`const { text = 'not found' } = a; ${inCatch("err.message.includes(text);")}`)).toEqual([]);
  });

  it("looks for a part of the text that is one word in errors only", () => {
    const one = [{ legacy: "Secret.missing" }];
    const found = (text: string): number => affectedTexts(modelOf(text), one).length;
    expect(found(inCatch("err.includes('missing');"))).toBe(1);
    expect(found(inCatch("const text = String(err); text.includes('missing');"))).toBe(1);
    expect(found(inCatch("const text = () => err; text.includes('missing');"))).toBe(0);
    expect(found("run().catch((err) => String(err).includes('missing'));")).toBe(1);
    expect(found("run().then(done, (err) => err.includes('missing'));")).toBe(1);
    expect(found("run().then((text) => text.includes('missing'));")).toBe(0);
    expect(found("run((text) => text.includes('missing'));")).toBe(0);
    expect(found("const text = input; text.includes('missing');")).toBe(0);
    expect(found("text[name].includes('missing');")).toBe(0);
    expect(found(`const is = (text) => text.includes('missing'); ${inCatch("is(err.message);")}`)).toBe(1);
    expect(found(`const is = (text) => text.includes('missing'); ${inCatch("is(input.payload.text);")}`)).toBe(0);
    expect(found(inCatch("input.payload.message.includes('missing');"))).toBe(0);
    expect(found("run().catch(on); function on({ message }) { return message.includes('missing'); }")).toBe(1);
  });
});
