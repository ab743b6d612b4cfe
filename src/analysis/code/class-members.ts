import type * as ESTree from "estree";
import type { Node } from "./tree.ts";

/** What stands in the body of a class. */
export type ClassItem = ESTree.Class["body"]["body"][number];
type NamedItem = Exclude<ClassItem, ESTree.StaticBlock>;

/** Where the members of a class are: on the class, or on its instances. */
export type MemberPlace = "static" | "instance";

/** The name of a member of a class or an object, with its `#`; undefined for one that is made up at run time. */
export function nameOfKey({ key, computed }: NamedItem | ESTree.Property): string | undefined {
  switch (key.type) {
    case "PrivateIdentifier":
      return `#${key.name}`;
    case "Literal":
      return String(key.value);
    default:
      return key.type === "Identifier" && !computed ? key.name : undefined;
  }
}

/** True when a class may have a member of its own of that name. */
export function mayDeclare(node: ESTree.Class, place: MemberPlace, name: string): boolean {
  return itemsOf(node, place).some((item) => isNamed(item, name));
}

function itemsOf({ body }: ESTree.Class, place: MemberPlace): NamedItem[] {
  return body.body.flatMap((item) =>
    item.type !== "StaticBlock" && item.static === (place === "static") ? [item] : [],
  );
}

function isNamed(item: NamedItem, name: string): boolean {
  return [name, undefined].includes(nameOfKey(item));
}

/**
 * What a class, or an instance of it, has under a name: a field, which is set whatever methods there are, or else a
 * method. Undefined where there is none for sure, or an accessor.
 *
 * @param lineage the class and all that it extends, the class first
 */
export function declaredMember(lineage: readonly ESTree.Class[], place: MemberPlace, name: string): Node | undefined {
  const found = lineage.map((node) => itemsOf(node, place).filter((item) => isNamed(item, name)));
  const isSure = found.every((items) => items.length < 2 && items.every((item) => nameOfKey(item) === name));
  const items = found.flat();
  const field = place === "instance" ? items.find(({ type }) => type === "PropertyDefinition") : undefined;
  const item = field ?? items[0];
  const isValue = item?.type === "PropertyDefinition" || item?.kind === "method";
  return isSure && isValue ? (item.value ?? undefined) : undefined;
}
