import { describe, expect, it } from "vitest";
import { chainFrom, isLocalSource, linkOf } from "../../../src/analysis/code/local-files.ts";
import type { LocalFiles } from "../../../src/analysis/code/local-files.ts";

const local: LocalFiles = {
  path: "index.js",
  links: [
    { source: "./a", path: "a.js" },
    { source: "./gone", problem: "is not there" },
  ],
  files: [
    {
      path: "a.js",
      text: "",
      links: [
        { source: "./b", path: "b.js" },
        { source: "./c", path: "c.js" },
      ],
    },
    { path: "b.js", text: "", links: [{ source: "./a", path: "a.js" }] },
    { path: "c.js", text: "", links: [{ source: "./b", path: "b.js" }] },
  ],
};

describe("isLocalSource", () => {
  it.each(["./a", "../a", "/a", ".", "..", ""])("holds for %j", (source) => {
    expect(isLocalSource(source)).toBe(true);
  });

  it.each(["a", "a/b", ".a", "@a/b", "node:fs"])("does not hold for %j", (source) => {
    expect(isLocalSource(source)).toBe(false);
  });
});

describe("linkOf", () => {
  it("finds where a path leads, or why it leads nowhere", () => {
    expect(linkOf(local.links, "./a")).toEqual({ source: "./a", path: "a.js" });
    expect(linkOf(local.links, "./gone")).toMatchObject({ problem: "is not there" });
    expect(linkOf(local.links, "./other")).toBeUndefined();
  });
});

describe("chainFrom", () => {
  it("is the longest way, and no file twice", () => {
    expect(chainFrom(local, "./a")).toEqual(["a.js", "c.js", "b.js"]);
    expect(chainFrom(local, "./gone")).toEqual([]);
    expect(chainFrom(local, "./other")).toEqual([]);
  });
});
