import { fillSentence, followUps } from "../platform/remarks.ts";
import type { SourceFile } from "./discover.ts";
import { discover } from "./discover.ts";
import { readSource } from "./files.ts";
import { placeAt } from "./json-text.ts";
import type { Remark } from "./result.ts";

/** A page or a snippet, and what is to be done about it. */
export interface ShownCode {
  readonly source: SourceFile;
  readonly remark: Remark;
}

/** How a V1 function begins; in snippets of editors the quotes are those of a text in JSON. */
const legacyCode = /\brequire\(\\?["']lp-faas-toolbelt\\?["']\)|\blambda ?\(\w+, ?callback\)/u;

/** Finds the pages and the editor's snippets of a project that still show V1 code, and say nothing of V2. */
export async function findShownCode(root: string, cwd: string): Promise<ShownCode[]> {
  const { files } = await discover([root], cwd, { extensions: new Set([".md", ".code-snippets"]) });
  return files.flatMap((source): ShownCode[] => {
    const text = textOf(source);
    const match = text === undefined || text.includes("core-functions-toolbelt") ? null : legacyCode.exec(text);
    if (text === undefined || match === null) return [];
    const message = fillSentence(followUps["legacy-code-shown"].short, {});
    return [{ source, remark: { id: "legacy-code-shown", message, ...placeAt(text, match.index) } }];
  });
}

function textOf({ absolute }: SourceFile): string | undefined {
  try {
    const content = readSource(absolute);
    return content.kind === "text" ? content.text : undefined;
  } catch {
    return undefined;
  }
}
