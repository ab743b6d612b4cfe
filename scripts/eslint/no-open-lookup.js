// A rule of our own: text that comes from a user's file is never looked up on an object. `table[name]` finds what every
// object inherits for the names `constructor`, `toString`, `__proto__` …, and so does `name in table`.
import ts from "typescript";

/** @typedef {import("estree").Node} Node */
/** @typedef {import("@typescript-eslint/parser").ParserServicesWithTypeInformation} Services */

const OPEN =
  ts.TypeFlags.String |
  ts.TypeFlags.TemplateLiteral |
  ts.TypeFlags.StringMapping |
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown;

/**
 * True for a type that any text belongs to; a union of known texts is none.
 *
 * @param {ts.Type} type
 * @returns {boolean}
 */
function isOpenText(type) {
  return type.isUnionOrIntersection() ? type.types.some(isOpenText) : (type.getFlags() & OPEN) !== 0;
}

/** @type {import("eslint").Rule.RuleModule} */
export const noOpenLookup = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      lookup:
        "Any text can be the key here, `constructor` too: use a Map, or ask `Object.hasOwn` in the same expression.",
      membership: "`in` also finds what every object inherits: use a Set or a Map, or ask `Object.hasOwn`.",
    },
  },
  create: (context) => {
    const { sourceCode } = context;
    /** @type {unknown} */
    const provided = sourceCode.parserServices;
    const services = /** @type {Services} */ (provided);
    const checker = services.program.getTypeChecker();

    /** @param {Node} node */
    function isOpen(node) {
      /** @type {unknown} */
      const asked = node;
      const type = services.getTypeAtLocation(/** @type {Parameters<Services["getTypeAtLocation"]>[0]} */ (asked));
      return isOpenText(checker.getBaseConstraintOfType(type) ?? type);
    }

    /** `Object.hasOwn(table, key) ? table[key] : …`, `Object.hasOwn(table, key) && table[key]`. @param {Node} node */
    function isGuarded(node) {
      return sourceCode.getAncestors(node).some((holder) => {
        const test = testOf(holder);
        if (test?.type !== "CallExpression" || sourceCode.getText(test.callee) !== "Object.hasOwn") return false;
        const [table, key] = test.arguments.map((argument) => sourceCode.getText(argument));
        return `${String(table)}[${String(key)}]` === sourceCode.getText(node);
      });
    }

    return {
      MemberExpression: (node) => {
        if (node.computed && isOpen(node.property) && !isGuarded(node)) context.report({ node, messageId: "lookup" });
      },
      "BinaryExpression[operator='in']": (/** @type {import("estree").BinaryExpression} */ node) => {
        if (node.left.type !== "PrivateIdentifier" && isOpen(node.left)) {
          context.report({ node, messageId: "membership" });
        }
      },
    };
  },
};

/** @param {Node} holder */
function testOf(holder) {
  if (holder.type === "ConditionalExpression") return holder.test;
  return holder.type === "LogicalExpression" && holder.operator === "&&" ? holder.left : undefined;
}
