import { describe, expect, it } from "vitest";
import { textsOf } from "../../../src/analysis/values/texts.ts";
import { argumentOf, modelOf } from "../support.ts";

/** The texts that the argument of `show` can have. */
function shown(text: string): readonly (string | undefined)[] {
  const model = modelOf(text);
  return textsOf(model, argumentOf(model, "show"));
}

describe("textsOf", () => {
  it.each([
    ["a text", 'show("GET");', ["GET"]],
    ["a constant", 'const method = "GET"; show(method);', ["GET"]],
    ["a choice", 'show(isRead ? "GET" : "POST");', ["GET", "POST"]],
    ["a fallback", 'show(input.method || "GET");', [undefined, "GET"]],
    ["a fallback for null", 'show(input.method ?? "GET");', [undefined, "GET"]],
    ["a condition", 'show(isRead && "GET");', [undefined, "GET"]],
    ["a call", "show(make());", [undefined]],
    ["a global", "show(method);", [undefined]],
    ["a class", "class Method {} show(Method);", [undefined]],
  ])("tells of %s", (_, text, texts) => {
    expect(shown(text)).toEqual(texts);
  });

  it.each([
    ["each assignment", 'let method = "GET"; if (isNew) { method = "POST"; } show(method);', ["GET", "POST"]],
    ["no first value", 'let method; method = "GET"; show(method);', ["GET", undefined]],
    ["an addition", 'let method = "GE"; method += "T"; show(method);', ["GE", undefined]],
    ["a loop", 'let method = "GET"; for (method of list) {} show(method);', ["GET", undefined]],
    ["a pattern", "const { method } = input; show(method);", [undefined]],
    ["a pattern with a default", 'let { method = "GET" } = input; show(method);', ["GET", undefined]],
    ["a list", "const [method] = input; show(method);", [undefined]],
    ["two declarations", 'var method = "GET"; var method = "POST"; show(method);', ["GET", "POST"]],
    ["itself", 'let method = "GET"; let other = method; method = other; show(method);', ["GET"]],
  ])("tells of a variable that is set by %s", (_, text, texts) => {
    expect(new Set(shown(text))).toEqual(new Set(texts));
  });

  it.each([
    ["the calls", "send(method) { show(method); }", 'send("GET"); send("POST");', ["GET", "POST"]],
    ["a call without it", "send(method) { show(method); }", "send();", [undefined]],
    ["a spread", "send(method) { show(method); }", "send(...input);", [undefined]],
    ["no call", "send(method) { show(method); }", "", [undefined]],
    ["no known call", "send(method) { show(method); }", "input.forEach(send);", [undefined]],
    ["its default", 'send(method = "GET") { show(method); }', "send();", ["GET"]],
    ["its default or a call", 'send(method = "GET") { show(method); }', 'send(); send("PUT");', ["GET", "PUT"]],
    ["a pattern", "send({ method }) { show(method); }", 'send({ method: "GET" });', ["GET"]],
    ["an assignment", 'send(method) { method = "PUT"; show(method); }', 'send("GET");', ["PUT", "GET"]],
    ["itself", "send(method) { show(method); send(method); }", 'send("GET");', ["GET"]],
  ])("tells of a parameter that is set by %s", (_, declaration, calls, texts) => {
    expect(new Set(shown(`function ${declaration}\n${calls}`))).toEqual(new Set(texts));
  });
});
