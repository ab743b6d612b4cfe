import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { openBlocks } from "../../../src/edits/text/open-blocks.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";

function opened(text: string, original = ""): string {
  const edits = new EditList();
  openBlocks(createModel(parseSource(text)), edits, new Set(original.split("\n").map((line) => line.trim())));
  return edits.applyTo(text).text;
}

describe("openBlocks", () => {
  it("gives each statement of a request its line, and moves what is in it", () => {
    expect(
      opened(`async function lambda(input) {
  try { const response = await fetch("https://api.example.com/a");
  if (!response.ok) {
    throw new Error(\`a
  b\`);
  }
  return response.text(); } catch { return "none"; }
}
`),
    ).toBe(`async function lambda(input) {
  try {
    const response = await fetch("https://api.example.com/a");
    if (!response.ok) {
      throw new Error(\`a
  b\`);
    }
    return response.text();
  } catch { return "none"; }
}
`);
  });

  it("opens blocks in blocks, with the unit and the line ends of the file", () => {
    expect(
      opened(
        `async function lambda(input) { try { const response = await fetch("https://api.example.com/a");\r
const body = await response.text();\r
return body; } catch (error) { const response = await fetch("https://api.example.com/b");\r
return response.text(); } }\r
function other() {\r
\treturn 1;\r
}\r
`,
      ),
    ).toBe(`async function lambda(input) {\r
\ttry {\r
\t\tconst response = await fetch("https://api.example.com/a");\r
\t\tconst body = await response.text();\r
\t\treturn body;\r
\t} catch (error) {\r
\t\tconst response = await fetch("https://api.example.com/b");\r
\t\treturn response.text();\r
\t}\r
}\r
function other() {\r
\treturn 1;\r
}\r
`);
  });

  it("leaves a brace that closes the block on its own line, and lines of the block that are empty", () => {
    expect(
      opened(`async function lambda() {
  if (a) { const response = await fetch("https://api.example.com/a");

  return response.text();
  }
}
`),
    ).toBe(`async function lambda() {
  if (a) {
    const response = await fetch("https://api.example.com/a");

    return response.text();
  }
}
`);
  });

  it.each([
    ["at the top of a module", `const response = await fetch("https://api.example.com/a");\nawait response.text();`],
    [
      "in one line",
      `async function lambda() { const response = await fetch("https://api.example.com/a"); return response.text(); }`,
    ],
    [
      "in lines",
      `async function lambda() {\n  const response = await fetch("https://api.example.com/a");\n  return response.text();\n}`,
    ],
    [
      "in the user's own lines",
      `async function lambda() { const response = await fetch("https://api.example.com/a");\n    return response.text(); }`,
    ],
  ])("leaves alone what stands %s", (_how, text) => {
    expect(opened(text)).toBe(text);
  });

  it("opens blocks without a request, whose only statement has lines", () => {
    expect(opened(`async function lambda(input) { return {\n  a: input.payload.a,\n}; }\n`)).toBe(
      `async function lambda(input) {\n  return {\n    a: input.payload.a,\n  };\n}\n`,
    );
  });

  it("leaves a block alone that begins on a line of the user's", () => {
    const text = `async function lambda(input) { const a = 1;\nreturn a; }\n`;
    expect(opened(text, text.replace("return a", "callback(null, a)"))).toBe(text);
  });
});
