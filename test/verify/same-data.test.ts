import { describe, expect, it } from "vitest";
import { isSameData } from "../../src/verify/compare/same-data.ts";

/** The message of what a function throws. */
function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

const parse = (): unknown => JSON.parse("{}");
const list = parse as () => [unknown];
const holder = parse as () => { items: [unknown] };

describe("messages that cite the code", () => {
  it.each([
    [
      () => holder().items.map((item) => item),
      () => {
        const { items } = holder();
        return items.map((item) => item);
      },
    ],
    [
      () => (([first]) => first)(list()),
      () => {
        const [first] = list();
        return first;
      },
    ],
    [
      () => (({ items: [first] }) => first)(holder()),
      () => {
        const {
          items: [first],
        } = holder();
        return first;
      },
    ],
  ])("are the same for the same failure", (one, other) => {
    expect(isSameData(messageOf(one), messageOf(other))).toBe(true);
  });

  it("are the same for what a pattern takes apart, whatever V8 cites", () => {
    const asProperty = "Cannot destructure property 'Symbol(Symbol.iterator)' of 'undefined' as it is undefined.";
    const asValue = "JSON.parse(...) is not iterable (cannot read property Symbol(Symbol.iterator))";
    expect(isSameData({ message: asProperty }, { message: asValue })).toBe(true);
  });

  it("stay apart for another failure", () => {
    const noList = "undefined is not iterable (cannot read property Symbol(Symbol.iterator))";
    expect(isSameData(noList, "Cannot read properties of undefined (reading 'map')")).toBe(false);
    expect(isSameData("Unexpected token 'o'", "Unexpected token 'x'")).toBe(false);
  });
});
