import { describe, expect, it } from "vitest";
import { writeOf } from "../../../src/analysis/code/writes.ts";
import type { Write } from "../../../src/analysis/code/writes.ts";
import { modelOf, present } from "../support.ts";

/** How the member `o.a` of a text is written. */
function writeIn(text: string): Write | undefined {
  const model = modelOf(text);
  return writeOf(model, present(model.nodes("MemberExpression").find((node) => /^o\??\.a$/u.test(model.textOf(node)))));
}

describe("writeOf", () => {
  it.each<[string, Write]>([
    ["o.a = 1;", "assign"],
    ["o.a += 1;", "assign"],
    ["o.a ??= 1;", "assign"],
    ["o.a++;", "update"],
    ["--o.a;", "update"],
    ["delete o.a;", "delete"],
    ["delete o?.a;", "delete"],
    ["[o.a] = list;", "pattern"],
    ["[, [o.a]] = list;", "pattern"],
    ["[o.a = 1] = list;", "pattern"],
    ["[...o.a] = list;", "pattern"],
    ["({ b: o.a } = list);", "pattern"],
    ["({ b: o.a = 1 } = list);", "pattern"],
    ["({ ...o.a } = list);", "pattern"],
    ["for (o.a of list) {}", "pattern"],
    ["for (o.a in list) {}", "pattern"],
    ["for ([o.a] of list) {}", "pattern"],
  ])("sees that %s writes", (text, write) => {
    expect(writeIn(text)).toBe(write);
  });

  it.each([
    "o.a;",
    "o?.a;",
    "o.a.b = 1;",
    "x = o.a;",
    "x = { b: o.a };",
    "({ [o.a]: x } = list);",
    "[x = o.a] = list;",
    "typeof o.a;",
    "for (const x of o.a) {}",
    "o.a();",
  ])("sees that %s does not", (text) => {
    expect(writeIn(text)).toBeUndefined();
  });
});
