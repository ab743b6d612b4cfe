import { describe, expect, it } from "vitest";
import { elementsOf } from "../../../src/analysis/values/elements.ts";
import { argumentOf, modelOf } from "../support.ts";

/** The elements of the argument of `show`, as text. */
function elements(text: string): (string | null | undefined)[] {
  const model = modelOf(text);
  return elementsOf(model, argumentOf(model, "show")).map((element) => (element ? model.textOf(element) : element));
}

describe("elementsOf", () => {
  it.each<[string, (string | null | undefined)[]]>([
    ["show([a, b()]);", ["a", "b()"]],
    ["show([a, , b]);", ["a", null, "b"]],
    ["show([...[a], b]);", ["a", "b"]],
    ["show([...list, b]);", [undefined, "b"]],
    ["const list = [a]; show(list);", ["a", undefined]],
    ["const list = [a]; for (const x of list) {} for (const i in list) {} show([...list]);", ["a"]],
    ["const list = [a]; list.push(b, c); show([...list]);", ["a", "b", "c"]],
    ["const list = [a]; list.unshift(b); show([...list]);", ["a", "b"]],
    ["const list = [a]; list.push(...more); show([...list]);", ["a", undefined]],
    ["const list = [a]; list.splice(0, 1, b); show([...list]);", ["a", "b"]],
    ["const list = [a]; list.fill(b); show([...list]);", ["a", "b"]],
    ["const list = [a]; list[1] = b; show([...list]);", ["a", "b"]],
    ["const list = [a]; list[1] ||= b; show([...list]);", ["a", "b"]],
    ["const list = [a]; [list[0]] = more; show([...list]);", ["a", undefined]],
    ["const list = [a]; list.length = 0; show([...list]);", ["a"]],
    ["const list = [a]; list.sort(); list.map((x) => x); show([...list]);", ["a"]],
    ["const list = [a]; list[method](b); show([...list]);", ["a", undefined]],
    ["const list = [a]; list.append(b); show([...list]);", ["a", undefined]],
    ["const list = [a]; console.info(list, list.length); JSON.stringify(list); show([...list]);", ["a"]],
    ["const list = [a]; fill(list); show([...list]);", ["a", undefined]],
    ["const list = [a]; const other = list; show([...list]);", ["a", undefined]],
    ["const list = [a]; const other = list; show([...other]);", [undefined]],
    ["let list = [a]; list = more; show([...list]);", [undefined]],
    ["const [list] = all; show([...list]);", [undefined]],
    ["const list = [a]; const [first] = list; show([...list]);", ["a"]],
    ["const table = { a }; table.b = b; show([...table]);", [undefined]],
    ["show([a, b].filter(Boolean));", ["a", "b"]],
    ["show([a].concat([b]));", ["a", "b"]],
    ["show([[a]].flat());", [undefined]],
    ["show([a].map(make));", [undefined]],
    ["show([a].map((x) => ({ x })));", ["{ x }"]],
    ["function make(x) { return [x]; } show([a].map(make));", ["[x]"]],
    ["show([a].map(async (x) => x));", [undefined]],
    ["show(make());", [undefined]],
    ["show(input.list);", [undefined]],
  ])("tells of %s", (text, expected) => {
    expect(elements(text)).toEqual(expected);
  });
});
