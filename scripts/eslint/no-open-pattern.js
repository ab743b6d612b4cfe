// A rule of our own: nothing that a user wrote is run, and no regular expression is made of it. Some patterns take longer
// than anyone waits, on the shortest text. `src/analysis/errors/patterns.ts` reads them.
import ts from "typescript";

/** @typedef {import("estree").Node} Node */
/** @typedef {import("@typescript-eslint/parser").ParserServicesWithTypeInformation} Services */

/** Methods of texts that make a pattern of the text that they get. */
const SEARCHES = new Set(["match", "matchAll", "search"]);

/** @type {import("eslint").Rule.RuleModule} */
export const noOpenPattern = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      made: "Write the pattern as a literal: what is put together may hold what a user wrote.",
      search: "A text becomes a pattern here: give a literal, or use `includes`.",
      value: "This may be the regular expression of a user: read its `regex`, never run it.",
    },
  },
  create: (context) => {
    const { sourceCode } = context;
    /** @type {unknown} */
    const provided = sourceCode.parserServices;
    const services = /** @type {Services} */ (provided);
    const checker = services.program.getTypeChecker();

    /** @param {Node} node */
    function tsNode(node) {
      /** @type {unknown} */
      const asked = node;
      return services.esTreeNodeToTSNodeMap.get(/** @type {Parameters<Services["getTypeAtLocation"]>[0]} */ (asked));
    }

    /** @param {Node} node */
    function mayBeText(node) {
      const type = checker.getTypeAtLocation(tsNode(node));
      const parts = type.isUnion() ? type.types : [type];
      const open = ts.TypeFlags.StringLike | ts.TypeFlags.Any | ts.TypeFlags.Unknown;
      return parts.some((part) => (part.getFlags() & open) !== 0);
    }

    /** The value of a literal in a tree of ESTree, narrowed to a pattern or not. @param {Node} node */
    function isLiteralValue(node) {
      const declarations = checker.getSymbolAtLocation(tsNode(node))?.declarations ?? [];
      return declarations.some((declaration) =>
        /@types\/estree\/index\.d\.ts$/u.test(declaration.getSourceFile().fileName),
      );
    }

    /** @param {Node} node */
    function isPattern(node) {
      const type = checker.getTypeAtLocation(tsNode(node));
      return (type.isUnion() ? type.types : [type]).every((part) => part.getSymbol()?.getName() === "RegExp");
    }

    return {
      "Identifier[name='RegExp']": (
        /** @type {import("estree").Identifier & import("eslint").Rule.NodeParentExtension} */ node,
      ) => {
        const { parent } = node;
        const isAsked = parent.type === "BinaryExpression" && parent.operator === "instanceof";
        const isCalled =
          (parent.type === "NewExpression" || parent.type === "CallExpression") && parent.callee === node;
        if (isCalled && !isAsked) context.report({ node, messageId: "made" });
      },
      CallExpression: ({ callee, arguments: given }) => {
        const name =
          callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property.name : "";
        const [first] = given;
        if (
          first !== undefined &&
          SEARCHES.has(name) &&
          callee.type === "MemberExpression" &&
          mayBeText(callee.object) &&
          mayBeText(first)
        ) {
          context.report({ node: first, messageId: "search" });
        }
      },
      "MemberExpression[property.name='value']": (
        /** @type {import("estree").MemberExpression & import("eslint").Rule.NodeParentExtension} */ node,
      ) => {
        const { parent } = node;
        const isUsed =
          (parent.type === "MemberExpression" && parent.object === node) || parent.type === "CallExpression";
        if (isUsed && isPattern(node) && isLiteralValue(node)) context.report({ node, messageId: "value" });
      },
    };
  },
};
