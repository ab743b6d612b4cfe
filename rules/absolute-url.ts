import { globalPath } from "../src/analysis/code/names.ts";
import { rangeOf, staticName } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { findHttpCalls } from "../src/analysis/http/calls.ts";
import { fetchCallsOf } from "../src/analysis/runtime/fetch-calls.ts";
import { lacksScheme, schemelessHead } from "../src/analysis/http/url.ts";
import { followConstant } from "../src/analysis/values/constants.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findModuleUses } from "../src/analysis/modules/uses.ts";
import { toolbeltUseOf } from "../src/analysis/toolbelt/creations.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { requestPromises } from "../src/platform/http-packages.ts";

export default createRule({
  id: "absolute-url",
  meta: {
    type: "problem",
    docs: {
      description: "Require whole URLs in requests",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      relative: "`{{url}}` is relative, but a function has no address of its own. Write the whole URL.",
      withoutScheme: "`{{url}}` has no scheme, so the request fails. Write `https://` in front.",
      addScheme: "Write `https://` in front.",
    },
    hasSuggestions: true,
  },
  *check({ model }) {
    // Several requests may begin with the same constant.
    for (const url of mayHaveWrongUrl(model) ? new Set([...fetchedUrls(model), ...clientUrls(model)]) : []) {
      const head = schemelessHead(model, url);
      if (head?.startsWith("/") === true) {
        yield { range: rangeOf(url), messageId: "relative", data: { url: head } };
      } else if (head !== undefined) {
        yield { range: rangeOf(url), messageId: "withoutScheme", data: { url: head }, suggest: addScheme(url) };
      }
    }
  },
});

/** A cheap look: hardly any file has a text at all that a wrong URL can begin with. */
function mayHaveWrongUrl(model: Model): boolean {
  return (
    model.nodes("Literal").some(({ value }) => typeof value === "string" && lacksScheme(value)) ||
    model.nodes("TemplateElement").some(({ value }) => lacksScheme(value.cooked ?? ""))
  );
}

/** The URLs that global `fetch` and `Request` get, and what `URL` gets without a base. */
function fetchedUrls(model: Model): Node[] {
  const made = model.nodes("NewExpression").filter(({ callee, arguments: given }) => {
    const path = globalPath(model, callee);
    return path === "Request" || (path === "URL" && given.length === 1);
  });
  const given = [...fetchCallsOf(model).map((sent) => sent.given), ...made.map((sent) => sent.arguments)];
  return given.flatMap(([url] = []) => (url === undefined ? [] : branchesOf(model, url)));
}

/**
 * `isTest ? "/a" : "/b"`: each of both, also where a constant holds it, and a template or a sum begins with it; what
 * `[host, path].join("/")` begins with.
 */
function branchesOf(model: Model, url: Node): Node[] {
  const value = followConstant(model, url);
  switch (value.type) {
    case "TemplateLiteral": {
      const [first] = value.expressions;
      return first !== undefined && value.quasis[0]?.value.cooked === "" ? headsOf(model, url, first) : [url];
    }
    case "BinaryExpression":
      return value.operator === "+" && value.left.type !== "PrivateIdentifier"
        ? headsOf(model, url, value.left)
        : [url];
    case "ConditionalExpression":
      return [...branchesOf(model, value.consequent), ...branchesOf(model, value.alternate)];
    case "LogicalExpression":
      return [...branchesOf(model, value.left), ...branchesOf(model, value.right)];
    case "CallExpression": {
      const joined =
        value.callee.type === "MemberExpression" && staticName(value.callee) === "join"
          ? value.callee.object
          : undefined;
      const first = joined?.type === "ArrayExpression" ? joined.elements[0] : undefined;
      return first && first.type !== "SpreadElement" ? branchesOf(model, first) : [url];
    }
    default:
      return [url];
  }
}

/** What a text begins with: the branches of its first part, where that has several, or the text itself. */
function headsOf(model: Model, url: Node, first: Node): Node[] {
  const branches = branchesOf(model, first);
  return branches.length > 1 ? branches : [url];
}

/** A cheap look: few files have an HTTP client at all. */
function hasHttpClient(model: Model): boolean {
  return (
    toolbeltUseOf(model).clients.some(({ factory }) => factory === "HTTPClient") ||
    findModuleUses(model).some(({ source }) => requestPromises.has(source))
  );
}

/** The URLs that V1's HTTP client gets, unless `baseUrl` completes them. */
function clientUrls(model: Model): Node[] {
  return (hasHttpClient(model) ? findHttpCalls(model).calls : []).flatMap(({ urlArgument, options }) => {
    const { properties } = options ?? {};
    const url = urlArgument ?? properties?.get("uri")?.value ?? properties?.get("url")?.value;
    return url === undefined || properties?.has("baseUrl") === true ? [] : url;
  });
}

/** A way out where the URL is written in place. */
function addScheme(url: Node): { messageId: "addScheme"; edits: EditList }[] {
  if (url.type !== "Literal" && url.type !== "TemplateLiteral") {
    return [];
  }
  const edits = new EditList();
  edits.insert(rangeOf(url)[0] + 1, "https://");
  return [{ messageId: "addScheme", edits }];
}
