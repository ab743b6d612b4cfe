import { createModel } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { staticName } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import { plainJavaScript } from "../typescript/plain.ts";

/** Functions of test runners that take the path of a module. */
const OF_TEST_RUNNERS: ReadonlySet<string> = new Set(
  "doMock importActual mock requireActual requireMock unmock".split(" "),
);

/**
 * The lines of a file on which a path is loaded, not just written: by `require`, `import`, `export … from`, or a mock.
 *
 * @returns undefined where the file can't be read, such as one with JSX
 */
export function loadingLines(path: string, text: string): ((line: number, source: string) => boolean) | undefined {
  let model: Model;
  try {
    model = createModel(parseSource(plainJavaScript(path, text, "v2")));
  } catch {
    return undefined;
  }
  const found = new Set(
    model.nodes("Literal").flatMap((literal) => {
      const { line } = model.placeOf(literal.range?.[0] ?? 0);
      return isLoaded(model, literal) ? [`${String(line)} ${String(literal.value)}`] : [];
    }),
  );
  const templates = model.nodes("TemplateLiteral").filter((template) => isLoaded(model, template));
  for (const template of templates) {
    const { line } = model.placeOf(template.range?.[0] ?? 0);
    found.add(`${String(line)} ${template.quasis[0]?.value.cooked ?? ""}`);
  }
  return (line, source) => found.has(`${String(line)} ${source}`);
}

function isLoaded(model: Model, source: Node): boolean {
  const parent = model.parentOf(source);
  switch (parent?.type) {
    case "ImportDeclaration":
    case "ImportExpression":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return parent.source === source;
    case "CallExpression":
      return parent.arguments[0] === source && isLoader(parent.callee);
    default:
      return false;
  }
}

/** `require`, and what test runners have in its place: `jest.requireActual`, `vi.mock`. */
function isLoader(callee: Node): boolean {
  if (callee.type === "Identifier") return callee.name === "require" || OF_TEST_RUNNERS.has(callee.name);
  return callee.type === "MemberExpression" && OF_TEST_RUNNERS.has(staticName(callee) ?? "");
}
