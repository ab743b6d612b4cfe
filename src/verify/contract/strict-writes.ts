import type * as ESTree from "estree";
import { rangeOf, staticName, walk } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { EditList } from "../../edits/text/edit-list.ts";

/** The names under which a file finds what writes for it; no user would choose them. */
const [REFERENCE, DELETE] = ["$faasReference", "$faasDelete"] as const;

/** What `strictWrites` needs at run time, by name. Each throws where strict mode does, after it has told so. */
export function strictWriters(fails: () => void): Readonly<Record<string, unknown>> {
  const told = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      fails();
      throw error;
    }
  };
  return {
    [REFERENCE]: (object: Record<PropertyKey, unknown>, key: PropertyKey) => ({
      get value(): unknown {
        return object[key];
      },
      set value(value: unknown) {
        told(() => {
          object[key] = value;
        });
      },
    }),
    [DELETE]: (object: Record<PropertyKey, unknown>, key: PropertyKey): boolean => {
      told(() => {
        // The function decides what it takes away.
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
        delete object[key];
      });
      return true;
    },
  };
}

/** The names of {@link strictWriters}. */
export const STRICT_WRITERS: readonly string[] = [REFERENCE, DELETE];

/**
 * Lets sloppy code write and delete properties as strict code does, and leaves all else of the sloppy mode as it is:
 * `a.b` that is written becomes `$faasReference(a, "b").value`, whatever writes it.
 */
export function strictWrites(program: ESTree.Program, edits: EditList, text: string): void {
  walk(program, (node) => {
    for (const target of targetsOf(node)) rewrite(target, `${REFERENCE}(`, ").value", edits, text);
    if (node.type === "UnaryExpression" && node.operator === "delete" && node.argument.type === "MemberExpression") {
      const isWritten = rewrite(node.argument, "", ")", edits, text);
      const start = rangeOf(node)[0];
      if (isWritten) edits.replace([start, start + "delete".length], `${DELETE}(`);
    }
    return undefined;
  });
}

/** The members that a node writes. */
function targetsOf(node: Node): ESTree.MemberExpression[] {
  switch (node.type) {
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return membersOf(node.left);
    case "UpdateExpression":
      return membersOf(node.argument);
    case "ArrayPattern":
      return node.elements.flatMap((element) => (element === null ? [] : membersOf(element)));
    case "ObjectPattern":
      return node.properties.flatMap((property) => (property.type === "Property" ? membersOf(property.value) : []));
    case "RestElement":
      return membersOf(node.argument);
    default:
      return [];
  }
}

function membersOf(node: Node): ESTree.MemberExpression[] {
  return node.type === "MemberExpression" ? [node] : [];
}

/** Writes a member as a call: object, comma, key. False where its form does not let it, and nothing is written then. */
function rewrite(member: ESTree.MemberExpression, open: string, close: string, edits: EditList, text: string): boolean {
  const { object, property, computed } = member;
  if (object.type === "Super" || property.type === "PrivateIdentifier" || member.optional) return false;
  const [start, end] = rangeOf(member);
  const before = text.slice(rangeOf(object)[1], rangeOf(property)[0]);
  const at = rangeOf(object)[1] + before.lastIndexOf(computed ? "[" : ".");
  // A comment in between is rare, and could hold either.
  if (at < rangeOf(object)[1] || before.includes("/")) return false;
  if (open !== "") edits.insert(start, open);
  if (computed) {
    edits.replace([at, at + 1], ", (");
    edits.replace([end - 1, end], `)${close}`);
  } else {
    edits.replace([at, end], `, ${JSON.stringify(staticName(member))}${close}`);
  }
  return true;
}
