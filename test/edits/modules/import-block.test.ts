import { describe, expect, it } from "vitest";
import { importBlock } from "../../../src/edits/modules/import-block.ts";
import { importOffset } from "../../../src/edits/text/import-offset.ts";
import type { ImportLine } from "../../../src/edits/modules/import-block.ts";
import { modelOf } from "../../analysis/support.ts";

function line(source: string, rest: Partial<ImportLine>): ImportLine {
  return { source, rank: 1, defaultName: undefined, names: [], leading: [], trailing: undefined, ...rest };
}

describe("importBlock", () => {
  it("sorts by rank and keeps comments with their import", () => {
    const lines = [
      line("b", { defaultName: "b", leading: ["// b", "/* b */"] }),
      line("fs", { rank: 2, defaultName: "fs", names: ["readFileSync"], trailing: "// fs" }),
      line("toolbelt", { rank: 0, names: ["A", "B"], trailing: "// toolbelt" }),
      line("c", { names: ["c"] }),
    ];
    expect(importBlock(modelOf("a;\r\n"), lines)).toBe(
      [
        'import { A, B } from "toolbelt"; // toolbelt',
        "// b",
        "/* b */",
        'import b from "b";',
        'import { c } from "c";',
        'import fs from "fs";',
        'import { readFileSync } from "fs"; // fs',
        "",
      ].join("\r\n"),
    );
  });
});

describe("importOffset", () => {
  it.each([
    ["", ""],
    ["a();", "a();"],
    ["// of a\na();", "// of a\na();"],
    ["// of the file\n\n// of a\na();", "// of a\na();"],
    ["/* Licence: MIT */\na();", "a();"],
    ["/** @file x */\n// of a\na();", "// of a\na();"],
    ["// Copyright\n\na();", "a();"],
    ["// eslint-disable-next-line\na();", "a();"],
    ["'use strict';\na();", "a();"],
    ["'use strict'; // strict\n// of a\na();", "// of a\na();"],
    ["'use strict';", ""],
    ["'use strict';\n", ""],
    ["#!/usr/bin/env node\na();", "a();"],
    ["#!/usr/bin/env node\n// nothing", "// nothing"],
    ["#!/usr/bin/env node", ""],
    ["\uFEFFa();", "a();"],
    ["\uFEFF// of a\na();", "// of a\na();"],
    ["('text');\na();", "('text');\na();"],
  ])("of %j is in front of %j", (text, expected) => {
    expect(text.slice(importOffset(modelOf(text)))).toBe(expected);
  });
});
