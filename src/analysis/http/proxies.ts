import { proxyVariables } from "../../platform/environment.ts";
import { stringOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";
import { environmentOf } from "../runtime/environment.ts";
import { findHiddenNames } from "../runtime/environment-mentions.ts";
import type { Problem } from "../code/problem.ts";

/** A place that names a variable from which the V1 client took its proxy. */
export interface ProxyVariable {
  readonly name: string;
  readonly node: Node;
}

/** How a file changes the proxy of its requests by its environment. */
export interface ProxySettings {
  /** Where it sets a proxy. */
  readonly problems: readonly Problem[];
  /** Where it may change which proxy is used. */
  readonly changes: readonly ProxyVariable[];
}

const EXCEPTIONS = /^no_proxy$/iu;

/** True where a file only takes a proxy away, as fetch does anyway. */
function isTakenAway(model: Model, key: Node): boolean {
  const member = model.parentOf(key);
  const write = member === null ? undefined : writeOf(model, member);
  return write?.how === "delete" || (write?.value !== undefined && stringOf(model, write.value) === "");
}

/** Finds where a file sets the variables from which the V1 client took its proxy, and which fetch ignores. */
export function findProxySettings(model: Model): ProxySettings {
  const environment = environmentOf(model);
  const written = environment.uses.filter(({ name, isWrite }) => isWrite && proxyVariables.has(name));
  const set = written.filter(({ name, key }) => !EXCEPTIONS.test(name) && !isTakenAway(model, key));
  const exceptions = written.filter(({ name }) => EXCEPTIONS.test(name));
  return {
    problems: set.map(({ name, key }) => ({
      id: "http-option",
      node: key,
      data: { name: "proxy", why: `is set by the variable \`${name}\`, which fetch ignores` },
    })),
    changes: [
      ...exceptions.map(({ name, key }) => ({ name, node: key })),
      ...findHiddenNames(model, environment, (name) => proxyVariables.has(name)),
    ],
  };
}
