import vm from "node:vm";
import type { Packages } from "./packages.ts";
import type { Handler } from "../../src/verify/contract/handler.ts";
import { modernHandler } from "../../src/verify/contract/modern-contract.ts";

/** The name under which the handler is taken out of the module; no user would choose it. */
const HANDLER = "$faasHandler";

/**
 * Links and evaluates a V2 text as a real ES module in this thread's own realm and returns its handler. Throws what
 * the platform would: a SyntaxError for a name that a package does not export, for code that strict mode forbids,
 * and for a file without a top-level `lambda`. Needs Node.js to run with `--experimental-vm-modules`.
 */
export async function loadModern(
  text: string,
  toolbelt: Readonly<Record<string, unknown>>,
  packages: Packages,
): Promise<Handler> {
  const dependencies = new Map<string, Promise<vm.Module>>();
  const resolve = (specifier: string): Promise<vm.Module> => {
    const known = dependencies.get(specifier);
    if (known !== undefined) return known;
    const made = dependency(specifier, toolbelt, packages);
    dependencies.set(specifier, made);
    return made;
  };
  const module = new vm.SourceTextModule(`${text}\nexport { lambda as ${HANDLER} };\n`, {
    identifier: "function-v2.mjs",
    importModuleDynamically: async (specifier: string) => {
      const found = await resolve(specifier);
      if (found.status === "unlinked") await found.link(noDependencies);
      if (found.status === "linked") await found.evaluate();
      return found;
    },
  });
  await module.link(resolve);
  await module.evaluate();
  const lambda = Reflect.get(module.namespace, HANDLER) as unknown;
  if (typeof lambda !== "function") throw new TypeError("lambda is not a function");
  return modernHandler((input) => Reflect.apply(lambda, undefined, [input]) as unknown);
}

async function dependency(
  specifier: string,
  toolbelt: Readonly<Record<string, unknown>>,
  packages: Packages,
): Promise<vm.Module> {
  const values = specifier === "core-functions-toolbelt" ? toolbelt : await packages.import(specifier);
  const names = Object.keys(values);
  return new vm.SyntheticModule(
    names,
    function (this: vm.SyntheticModule) {
      for (const name of names) this.setExport(name, values[name]);
    },
    { identifier: specifier },
  );
}

function noDependencies(): never {
  throw new Error("a simulated package has no imports");
}
