import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { openBlocks } from "../../../src/edits/http/open-blocks.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";

function opened(text: string): string {
  const edits = new EditList();
  openBlocks(createModel(parseSource(text)), edits);
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
    ).toBe(`async function lambda(input) { try {\r
\tconst response = await fetch("https://api.example.com/a");\r
\tconst body = await response.text();\r
\treturn body;\r
} catch (error) {\r
\tconst response = await fetch("https://api.example.com/b");\r
\treturn response.text();\r
} }\r
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
    ["without a request", `async function lambda() { const a = 1;\nreturn a; }`],
  ])("leaves alone what stands %s", (_how, text) => {
    expect(opened(text)).toBe(text);
  });
});
