import { parse } from "acorn";
import type { ImportDeclaration, Program } from "acorn";

/** Whether V2's command line can run a file locally and give it back unharmed. */
export interface Survival {
  readonly ok: boolean;
  readonly why?: string;
}

interface Rewriting {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/*
 * The command line turns imports into requires by regular expressions before a local run, and requires into imports
 * afterwards. It knows nothing of strings, comments and syntax; these are its four forms, written anew.
 */
const TO_REQUIRE: readonly Rewriting[] = [
  { pattern: /import\s+\*\s+as\s+([\w$]+)\s+from\s+["']([^"']+)["'];?/g, replacement: 'const $1 = require("$2");' },
  { pattern: /import\s+(\{[^}]*\})\s+from\s+["']([^"']+)["'];?/g, replacement: 'const $1 = require("$2");' },
  { pattern: /import\s+([\w$]+)\s+from\s+["']([^"']+)["'];?/g, replacement: 'const $1 = require("$2");' },
  { pattern: /import\s+["']([^"']+)["'];?/g, replacement: 'require("$1");' },
];
const TO_IMPORT: readonly Rewriting[] = [
  {
    pattern: /(?:const|let|var)\s+([\w$]+|\{[^}]*\})\s*=\s*require\(["']([^"']+)["']\);?/g,
    replacement: 'import $1 from "$2";',
  },
  { pattern: /require\(["']([^"']+)["']\);?/g, replacement: 'import "$1";' },
];

/**
 * Tells whether a V2 source text survives a local run of the V2 command line: it must become a script without
 * `import`, come back with the same imports, and nothing else in it may be touched on the way.
 */
export function survivesCliRewriting(text: string): Survival {
  const before = tryParse(text, "module");
  if (before === undefined) return lost("the file is not a valid module");
  const imports = importsOf(before);
  const forwardHits = hits(text, TO_REQUIRE);
  const strange = forwardHits.find((hit) => !imports.some((node) => node.start <= hit.start && hit.start < node.end));
  if (strange !== undefined) return lost(`text that only looks like an import would be altered: ${strange.text}`);
  const asScript = rewrite(text, TO_REQUIRE);
  if (tryParse(asScript, "script") === undefined) {
    return lost("after imports became requires, the file is not a valid script (alias, mixed import, export or await)");
  }
  if (hits(asScript, TO_IMPORT).length !== imports.length) {
    return lost("text that looks like a require would be altered on the way back");
  }
  const back = rewrite(asScript, TO_IMPORT);
  const after = tryParse(back, "module");
  if (after === undefined) return lost("what comes back is not a valid module");
  if (meaning(before) !== meaning(after)) return lost("other imports come back");
  if (withoutImports(text, before) !== withoutImports(back, after))
    return lost("code outside of the imports is altered");
  return { ok: true };
}

function lost(why: string): Survival {
  return { ok: false, why };
}

function tryParse(text: string, sourceType: "module" | "script"): Program | undefined {
  try {
    return parse(text, { ecmaVersion: "latest", sourceType, allowHashBang: true });
  } catch {
    return undefined;
  }
}

function rewrite(text: string, rewritings: readonly Rewriting[]): string {
  return rewritings.reduce((current, { pattern, replacement }) => current.replace(pattern, replacement), text);
}

function hits(text: string, rewritings: readonly Rewriting[]): { start: number; text: string }[] {
  const found = rewritings.flatMap(({ pattern }) => [...text.matchAll(pattern)]);
  const byStart = new Map(found.map((match) => [match.index, match]));
  // The bare form also matches at the end of a longer one.
  const outer = [...byStart.values()].filter(
    (match) => !found.some((other) => other.index < match.index && match.index < other.index + other[0].length),
  );
  return outer.map((match) => ({ start: match.index, text: match[0] }));
}

function importsOf(program: Program): ImportDeclaration[] {
  return program.body.filter((node): node is ImportDeclaration => node.type === "ImportDeclaration");
}

/** What the imports of a file bind, whatever their layout. */
function meaning(program: Program): string {
  const described = importsOf(program).map((node) => ({
    source: node.source.value,
    names: node.specifiers.map((specifier) => {
      if (specifier.type !== "ImportSpecifier") return [specifier.type, specifier.local.name];
      const { imported } = specifier;
      return [specifier.type, imported.type === "Identifier" ? imported.name : imported.value, specifier.local.name];
    }),
  }));
  return JSON.stringify(described);
}

function withoutImports(text: string, program: Program): string {
  let rest = text;
  for (const node of importsOf(program).reverse()) rest = rest.slice(0, node.start) + rest.slice(node.end);
  return rest;
}
