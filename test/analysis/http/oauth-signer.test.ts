import { describe, expect, it } from "vitest";
import { isSignerMethod } from "../../../src/analysis/http/oauth-signer.ts";
import { modelOf, present } from "../support.ts";

const REQUIRE = 'const OAuth = require("oauth-1.0a");\n';

/** Of the last call in a text. */
function isSigned(text: string, ...names: string[]): boolean {
  const model = modelOf(text);
  const statement = present(model.program.body.at(-1));
  const call = present(statement.type === "ExpressionStatement" ? statement.expression : undefined);
  if (call.type !== "CallExpression") {
    throw new Error("The text does not end with a call.");
  }
  return isSignerMethod(model, call.callee, ...names);
}

describe("isSignerMethod", () => {
  it.each([
    ["made with new", `${REQUIRE}const oauth = new OAuth({}); oauth.authorize(options);`],
    ["made with a call", `${REQUIRE}const oauth = OAuth({}); oauth.authorize(options);`],
    ["imported", 'import OAuth from "oauth-1.0a"; const oauth = new OAuth({}); oauth.authorize(options);'],
    ["made in place", `${REQUIRE}new OAuth({}).authorize(options);`],
    ["with a name in brackets", `${REQUIRE}const oauth = new OAuth({}); oauth["authorize"](options);`],
  ])("knows a signer that is %s", (_, text) => {
    expect(isSigned(text, "authorize")).toBe(true);
    expect(isSigned(text, "toHeader", "authorize")).toBe(true);
    expect(isSigned(text, "toHeader")).toBe(false);
    expect(isSigned(text)).toBe(false);
  });

  it.each([
    ["a function", `${REQUIRE}authorize(options);`],
    ["the package itself", `${REQUIRE}OAuth.authorize(options);`],
    ["a global", `${REQUIRE}oauth.authorize(options);`],
    ["another package", 'const OAuth = require("oauth"); const oauth = new OAuth({}); oauth.authorize(options);'],
    ["a global class", `${REQUIRE}const oauth = new Other({}); oauth.authorize(options);`],
    ["a class of the file", `${REQUIRE}class Other {} const oauth = new Other(); oauth.authorize(options);`],
    ["a variable that changes", `${REQUIRE}let oauth = new OAuth({}); oauth = input; oauth.authorize(options);`],
    ["a function of the file", `${REQUIRE}function oauth() {} oauth.authorize(options);`],
    ["a literal", `${REQUIRE}const oauth = { authorize }; oauth.authorize(options);`],
    ["a member whose name is not known", `${REQUIRE}const oauth = new OAuth({}); oauth[name](options);`],
    ["a name taken from the package", 'const { A } = require("oauth-1.0a"); const a = new A(); a.authorize(options);'],
  ])("does not take %s for a signer", (_, text) => {
    expect(isSigned(text, "authorize")).toBe(false);
  });
});
