import type * as ESTree from "estree";
import type { Node } from "../code/tree.ts";
import { booleanOf } from "../values/constants.ts";
import { valuesOf } from "../values/values-of.ts";
import type { HeaderFacts } from "./headers.ts";
import { isDefined, isString } from "./known-values.ts";
import type { OptionReader } from "./option-reader.ts";

/** Credentials of a request. */
export type AuthFacts =
  | {
      readonly kind: "basic";
      readonly property: ESTree.Property;
      readonly user: Node;
      readonly password: Node | undefined;
      /** Both are surely strings; V1 rejected whatever else they were. */
      readonly areTexts: boolean;
    }
  | {
      readonly kind: "bearer";
      readonly property: ESTree.Property;
      readonly token: Node;
      /** It is surely there; V1 rejected a missing one. */
      readonly areTexts: boolean;
    };

// What is thrown in front of a request that nobody waits for there would not be its rejection.
const REJECTED = "with which V1 rejected the request";

/** Reads the option `auth`; what is not one of the forms that can be converted is refused. */
export function readAuth(reader: OptionReader, headers: HeaderFacts): AuthFacts | undefined {
  const property = reader.properties.get("auth");
  if (property === undefined) {
    return undefined;
  }
  const { value } = property;
  const parts = new Map<string, Node>();
  const isPlain =
    value.type === "ObjectExpression" &&
    value.properties.every((part) => {
      if (part.type !== "Property" || part.computed || part.key.type !== "Identifier") {
        return false;
      }
      parts.set(part.key.name.replace(/^username$/u, "user").replace(/^password$/u, "pass"), part.value);
      return true;
    });
  const names = [...parts.keys()]
    .filter((name) => name !== "sendImmediately")
    .toSorted()
    .join();
  const immediately = parts.get("sendImmediately");
  const isImmediate = immediately === undefined || booleanOf(reader.model, immediately) === true;
  if (headers.isOpen || headers.names.has("authorization")) {
    reader.refuse("auth", "stands beside headers that may hold an Authorization as well");
  }
  const user = parts.get("user");
  const token = parts.get("bearer");
  if (isPlain && isImmediate && user !== undefined && /^(?:pass,)?user$/u.test(names)) {
    const password = parts.get("pass");
    const areTexts = [user, password].every((part) => part === undefined || isString(reader.model, part));
    if (!areTexts && !reader.mayThrow) {
      reader.refuse("auth", `has a user or a password that may be no text, ${REJECTED}`);
    }
    return { kind: "basic", property, user, password, areTexts };
  }
  if (isPlain && isImmediate && token !== undefined && names === "bearer") {
    if (valuesOf(reader.model, token).some(({ kind }) => kind === "function")) {
      reader.refuse("auth", "has a function that gives the token");
    }
    const areTexts = isDefined(reader.model, token);
    if (!areTexts && !reader.mayThrow) {
      reader.refuse("auth", `has a token that may be missing, ${REJECTED}`);
    }
    return { kind: "bearer", property, token, areTexts };
  }
  reader.refuse("auth", "is not a plain user with password, nor a bearer token");
  return undefined;
}
