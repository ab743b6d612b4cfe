import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import { EditList } from "../../edits/text/edit-list.ts";
import { evaluateHere } from "./evaluate.ts";
import type { Evaluate } from "./evaluate.ts";
import { IMPORT, redirectDynamicImports } from "./dynamic-imports.ts";
import type { Handler } from "./handler.ts";
import { modernHandler } from "./modern-contract.ts";
import type { Modules } from "./modules.ts";
import { parseFunction } from "./parse.ts";

/** A V2 text that can be loaded again and again, each time with fresh state. */
export interface ModernFunction {
  /** Rejects with what the text throws while it loads, and with a SyntaxError for a name that no module exports. */
  load(modules: Modules, overrides?: Readonly<Record<string, unknown>>): Promise<Handler>;
}

interface Imported {
  readonly specifier: string;
  /** The names that must be exported. */
  readonly names: readonly string[];
}

const IMPORTS = "$faasImports";

/**
 * Compiles a V2 text. Its imports become constants in front of it and its exports plain declarations, so that it runs
 * as the body of a function, strict as a module is: V2 functions export nothing, and a module can't be loaded twice.
 *
 * @param names globals that `overrides` will stand for
 * @throws SyntaxError when it does not parse as a module
 */
export function compileModern(
  source: string,
  names: readonly string[] = [],
  evaluateScript: Evaluate = evaluateHere,
): ModernFunction {
  const text = source.replace(/^\uFEFF/u, "").replace(/^#!.*/u, "");
  const program = parseFunction(text, "module");
  const edits = new EditList();
  const blank = (node: ESTree.Node): void => {
    // Line breaks stay: places in errors are those of the file.
    edits.replace(rangeOf(node), `;${text.slice(...rangeOf(node)).replace(/[^\n]/gu, "")}`);
  };
  const { imports, constants } = takeImports(program, blank);
  takeExports(program, edits, blank);
  redirectDynamicImports(program, edits);
  const body = edits.applyTo(text).text;
  const end = '\n;return typeof lambda === "function" ? lambda : undefined;\n';
  const inner = `return async function () { "use strict"; ${constants}${body}${end}};`;
  const wrapper = `(function (${[IMPORTS, IMPORT, ...names].join(", ")}) { ${inner} })`;
  const evaluate = evaluateScript(wrapper) as (...args: readonly unknown[]) => () => Promise<unknown>;
  return {
    load: async (modules, overrides = {}) => {
      const namespaces: Readonly<Record<string, unknown>>[] = [];
      for (const imported of imports) namespaces.push(await link(imported, modules));
      const outer = [namespaces, modules.import.bind(modules), ...names.map((name) => overrides[name])];
      const lambda = await evaluate(...outer)();
      if (typeof lambda !== "function") throw new SyntaxError("Export 'lambda' is not defined in module");
      return modernHandler((input) => Reflect.apply(lambda, undefined, [input]) as unknown);
    },
  };
}

async function link({ specifier, names }: Imported, modules: Modules): Promise<Readonly<Record<string, unknown>>> {
  const exported = await modules.import(specifier);
  const missing = names.find((name) => !(name in exported));
  if (missing !== undefined) {
    throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${missing}'`);
  }
  return exported;
}

function nameOf(node: ESTree.Identifier | ESTree.Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

type Blank = (node: ESTree.Node) => void;

function takeImports(program: ESTree.Program, blank: Blank): { imports: Imported[]; constants: string } {
  const imports: Imported[] = [];
  const constants: string[] = [];
  for (const node of program.body) {
    if (node.type !== "ImportDeclaration") continue;
    const namespace = `${IMPORTS}[${String(imports.length)}]`;
    const names: string[] = [];
    for (const specifier of node.specifiers) {
      if (specifier.type === "ImportNamespaceSpecifier") {
        constants.push(`${specifier.local.name} = ${namespace}`);
        continue;
      }
      const name = specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier.imported);
      names.push(name);
      constants.push(`${specifier.local.name} = ${namespace}[${JSON.stringify(name)}]`);
    }
    imports.push({ specifier: String(node.source.value), names });
    blank(node);
  }
  return { imports, constants: constants.length === 0 ? "" : `const ${constants.join(", ")}; ` };
}

function takeExports(program: ESTree.Program, edits: EditList, blank: Blank): void {
  for (const node of program.body) {
    if (node.type === "ExportNamedDeclaration") {
      const [start] = rangeOf(node);
      if (node.declaration) edits.remove([start, rangeOf(node.declaration)[0]]);
      else blank(node);
    } else if (node.type === "ExportDefaultDeclaration") {
      const [start] = rangeOf(node);
      const isDeclaration =
        (node.declaration.type === "FunctionDeclaration" || node.declaration.type === "ClassDeclaration") &&
        node.declaration.id !== null;
      edits.replace([start, rangeOf(node.declaration as ESTree.Node)[0]], isDeclaration ? "" : "void ");
    } else if (node.type === "ExportAllDeclaration") {
      blank(node);
    }
  }
}
