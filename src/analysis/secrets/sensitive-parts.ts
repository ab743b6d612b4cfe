import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isSecretName } from "./classify.ts";

/** What an expression shows when it is printed. */
export interface Sensitive {
  /**
   * `entry`: what `readSecret` gives; `input`: what the handler gets; `text`: the value itself, which a string takes over;
   * `holder`: an object or a list with it in it, of which a string shows nothing.
   */
  readonly shape: "entry" | "input" | "text" | "holder";
  /** True for the promise of it. */
  readonly isPromise: boolean;
  /** The `readSecret` call that it comes from; undefined for what comes with the input. */
  readonly read: ESTree.SimpleCallExpression | undefined;
}

/** Strings that show what a string is made of. */
export const TEXT_METHODS: ReadonlySet<string> = new Set(["toString", "trim", "concat", "toLowerCase", "toUpperCase"]);

const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);

/** What a promise of it gives. */
export function awaited(value: Sensitive | undefined): Sensitive | undefined {
  return value === undefined ? undefined : { ...value, isPromise: false };
}

/** What a member of a sensitive value is. Of an object that is a secret, only what is called a secret is one. */
export function memberOf(value: Sensitive | undefined, name: string): Sensitive | undefined {
  if (value === undefined || value.isPromise) {
    return undefined;
  }
  if (value.shape === "entry") {
    return name === "value" ? { ...value, shape: "text" } : undefined;
  }
  if (value.shape === "input") {
    return name === "headers" ? { ...value, shape: "holder" } : undefined;
  }
  const isCredential = isSecretName(name) || (value.read === undefined && CREDENTIAL_HEADERS.has(name.toLowerCase()));
  const isOpen = value.shape === "text" ? value.read !== undefined : value.read === undefined;
  return isOpen && isCredential ? { ...value, shape: "text" } : undefined;
}

/** What a pattern takes out of a value for a variable. */
export function taken(pattern: Node, value: Sensitive | undefined, variable: Variable): Sensitive | undefined {
  switch (pattern.type) {
    case "Identifier":
      return variable.identifiers.includes(pattern) ? value : undefined;
    case "AssignmentPattern":
      return taken(pattern.left, value, variable);
    case "ObjectPattern":
      for (const property of pattern.properties) {
        const name = property.type === "Property" ? staticName(property) : undefined;
        if (property.type === "Property" && name !== undefined && binds(property.value, variable)) {
          return taken(property.value, memberOf(value, name), variable);
        }
      }
      return undefined;
    default:
      return undefined;
  }
}

/** True when a pattern declares the variable. */
export function binds(pattern: Node, variable: Variable): boolean {
  switch (pattern.type) {
    case "Identifier":
      return variable.identifiers.includes(pattern);
    case "AssignmentPattern":
      return binds(pattern.left, variable);
    case "ObjectPattern":
      return pattern.properties.some(
        (property) => property.type === "Property" && !isFunction(property.value) && binds(property.value, variable),
      );
    default:
      return false;
  }
}
