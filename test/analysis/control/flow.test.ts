import { describe, expect, it } from "vitest";
import {
  HANDED_ON,
  MANY,
  NONE,
  ONCE,
  either,
  falling,
  handOn,
  land,
  sequence,
  settle,
} from "../../../src/analysis/control/flow.ts";
import type { Flow } from "../../../src/analysis/control/flow.ts";

const jumping = (target: string, settled: number): Flow => ({ ...falling(0), jumps: new Map([[target, settled]]) });

it.each([
  [NONE, ONCE],
  [ONCE, MANY],
  [MANY, MANY],
  [NONE | ONCE, ONCE | MANY],
  [HANDED_ON, HANDED_ON],
  [NONE | HANDED_ON, ONCE | HANDED_ON],
  // What is never reached is never settled.
  [0, 0],
])("a call makes %i of %i", (before, after) => {
  expect(settle(before)).toBe(after);
});

it("a callback that is handed on may be called at any time, but not in code that is never reached", () => {
  expect([NONE, ONCE | MANY, 0].map(handOn)).toEqual([HANDED_ON, HANDED_ON, 0]);
});

describe("flows", () => {
  it("of branches are those of either", () => {
    const flow = either(
      { ...jumping("break", NONE), normal: NONE, returned: ONCE },
      { ...jumping("break", ONCE), normal: ONCE, thrown: MANY },
    );
    expect(flow).toEqual({
      normal: NONE | ONCE,
      returned: ONCE,
      thrown: MANY,
      jumps: new Map([["break", NONE | ONCE]]),
    });
  });

  it("go on where the first one falls through", () => {
    const first: Flow = { ...falling(ONCE, NONE), returned: MANY };
    expect(sequence(first, (before) => falling(settle(before), before))).toEqual({
      normal: MANY,
      returned: MANY,
      thrown: NONE | ONCE,
      jumps: new Map(),
    });
  });

  it("don't go on behind what never falls through", () => {
    const first: Flow = { ...falling(0), returned: NONE };
    const next = (): Flow => {
      throw new Error("nothing runs here");
    };
    expect(sequence(first, next)).toBe(first);
  });

  it("land where a jump goes, and leave other jumps alone", () => {
    const flow = either(jumping("break", ONCE), jumping("break outer", MANY));
    expect(land({ ...flow, normal: NONE }, ["break"])).toEqual({
      ...falling(NONE | ONCE),
      jumps: new Map([["break outer", MANY]]),
    });
  });
});
