import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findFetchMisuses } from "../src/analysis/http/fetch-misuses.ts";
import type { FetchMisuse } from "../src/analysis/http/fetch-misuses.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "valid-fetch-call",
  meta: {
    type: "problem",
    docs: {
      description: "Require requests that fetch understands, and responses that are read as those of fetch",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      address:
        "`fetch` takes the address as its first argument, and this is an object. Write `fetch(address, options)`.",
      option: "`fetch` ignores `{{name}}`: {{advice}}.",
      objectBody: '`fetch` sends this {{what}} as "{{sent}}". Send `JSON.stringify(…)` with a Content-Type.',
      bodyOfGet:
        "`fetch` fails: a request with the method {{method}} can have no body. Give it another method, or no body.",
      lowerCase: "`fetch` sends the method as it is written, and servers refuse `{{method}}`. Write `{{upper}}`.",
      member: "A response of fetch has no `{{name}}`, so this is undefined. Read `{{modern}}`.",
      header: "The headers of a response are not members, so this is undefined. Read `{{call}}`.",
      bodyStream:
        "The body of a response is a stream, not its text. Read it with `await response.text()` or `await response.json()`.",
      responsePromise:
        "This is the promise of a response, which has no such member. Wait for the response: `await fetch(…)`.",
      bodyPromise: "This is the promise of what the body holds, which has no such member. Wait for it with `await`.",
      readAgain:
        "Line {{line}} has read this body, and a body can be read once: this fails. Keep the first result, or read from `response.clone()`.",
      rename: "Read `{{modern}}`.",
      get: "Read `{{call}}`.",
      stringify: "Send `JSON.stringify(…)`.",
      upperCase: "Write `{{upper}}`.",
    },
    hasSuggestions: true,
  },
  *check({ model }) {
    for (const misuse of findFetchMisuses(model)) {
      yield { range: rangeOf(misuse.node), ...messageFor(model, misuse) };
    }
  },
});

function messageFor(model: Model, misuse: FetchMisuse) {
  switch (misuse.kind) {
    case "address":
      return { messageId: "address" } as const;
    case "option":
      return { messageId: "option", data: { name: misuse.name, advice: misuse.advice } } as const;
    case "object-body": {
      const isList = misuse.what === "list";
      const data = { what: misuse.what, sent: isList ? "a,b" : "[object Object]" };
      return { messageId: "objectBody", data, suggest: wayOut("stringify", {}, stringified(misuse.node)) } as const;
    }
    case "body-of-get":
      return { messageId: "bodyOfGet", data: { method: misuse.method } } as const;
    case "lower-case": {
      const { method, node } = misuse;
      const upper = method.toUpperCase();
      const edits = node.type === "Literal" ? replaced(node, model.textOf(node).replace(method, upper)) : undefined;
      return {
        messageId: "lowerCase",
        data: { method, upper },
        suggest: wayOut("upperCase", { upper }, edits),
      } as const;
    }
    case "member": {
      const { name, modern, node } = misuse;
      return {
        messageId: "member",
        data: { name, modern },
        suggest: wayOut("rename", { modern }, renamed(node, modern)),
      } as const;
    }
    case "header": {
      const call = callFor(model, misuse);
      return {
        messageId: "header",
        data: { call },
        suggest: wayOut("get", { call }, calling(model, misuse, call)),
      } as const;
    }
    case "body-stream":
      return { messageId: "bodyStream" } as const;
    case "not-awaited":
      return { messageId: misuse.what === "response" ? "responsePromise" : "bodyPromise" } as const;
    case "read-again":
      return { messageId: "readAgain", data: { line: String(model.placeOf(rangeOf(misuse.first)[0]).line) } } as const;
  }
}

type WayOut = "rename" | "get" | "stringify" | "upperCase";

function wayOut(messageId: WayOut, data: Readonly<Record<string, string>>, edits: EditList | undefined) {
  return edits === undefined ? [] : [{ messageId, data, edits }];
}

function replaced(node: FetchMisuse["node"], text: string): EditList {
  const edits = new EditList();
  edits.replace(rangeOf(node), text);
  return edits;
}

function stringified(node: FetchMisuse["node"]): EditList | undefined {
  if (node.type !== "ObjectExpression" && node.type !== "ArrayExpression") {
    return undefined;
  }
  const edits = new EditList();
  edits.insert(rangeOf(node)[0], "JSON.stringify(");
  edits.insert(rangeOf(node)[1], ")");
  return edits;
}

/** `response.statusCode`, and `{ statusCode }` as `{ status: statusCode }`. */
function renamed(node: FetchMisuse["node"], modern: string): EditList | undefined {
  if (!/^\w+$/u.test(modern)) {
    return undefined;
  }
  if (node.type === "MemberExpression" && !node.computed) {
    return replaced(node.property, modern);
  }
  if (node.type !== "Property" || node.computed) {
    return undefined;
  }
  const edits = new EditList();
  if (node.shorthand) {
    edits.insert(rangeOf(node)[0], `${modern}: `);
  } else {
    edits.replace(rangeOf(node.key), modern);
  }
  return edits;
}

type Header = Extract<FetchMisuse, { kind: "header" }>;

function callFor(model: Model, { node, name }: Header): string {
  const key =
    node.type === "MemberExpression" && name === undefined ? model.textOf(node.property) : JSON.stringify(name);
  return `headers.get(${key})`;
}

/** `response.headers["x"]` becomes a call; a pattern can't call anything. */
function calling(model: Model, { node }: Header, call: string): EditList | undefined {
  if (node.type !== "MemberExpression" || model.textOf(node.object).endsWith("?.headers")) {
    return undefined;
  }
  const edits = new EditList();
  edits.replace([rangeOf(node.object)[1], rangeOf(node)[1]], call.replace(/^headers/u, ""));
  return edits;
}
