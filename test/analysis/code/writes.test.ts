import { describe, expect, it } from "vitest";
import { staticName } from "../../../src/analysis/code/tree.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import {
  isMutatorCall,
  wholeMember,
  writeOf,
  writesArgument,
  writtenMembers,
} from "../../../src/analysis/code/writes.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { modelOf, present } from "../support.ts";

function memberNamed(model: Model, name: string): Node {
  return present(model.nodes("MemberExpression").find((member) => staticName(member) === name));
}

function howOf(text: string): string | undefined {
  const model = modelOf(text);
  return writeOf(model, memberNamed(model, "method"))?.how;
}

describe("writeOf", () => {
  it.each([
    ['options.method = "GET";', "assign"],
    ['options["method"] = "GET";', "assign"],
    ['options.method ||= "GET";', "assign"],
    ["options.method++;", "update"],
    ["--options.method;", "update"],
    ["delete options.method;", "delete"],
    ["delete options?.method;", "delete"],
    ["[options.method] = list;", "pattern"],
    ["[options.method = 1] = list;", "pattern"],
    ["({ a: options.method } = other);", "pattern"],
    ["({ a: options.method = 1 } = other);", "pattern"],
    ["[...options.method] = list;", "pattern"],
    ["for (options.method of list) {}", "loop"],
    ["for (options.method in list) {}", "loop"],
    ["[, [options.method]] = list;", "pattern"],
    ["({ ...options.method } = list);", "pattern"],
    ["for ([options.method] of list) {}", "pattern"],
    ["options?.method;", undefined],
    ["options.method();", undefined],
    ["look(options.method);", undefined],
    ["a = options.method;", undefined],
    ["[a = options.method] = list;", undefined],
    ["({ [options.method]: a } = list);", undefined],
    ["({ a: options.method });", undefined],
    ["for (a of options.method) {}", undefined],
    ["options.method.push(1);", undefined],
    ["typeof options.method;", undefined],
    ["options.method.name = 1;", undefined],
  ])("of %s", (text, how) => {
    expect(howOf(text)).toBe(how);
  });

  it("knows the value of a plain assignment", () => {
    const model = modelOf("a.method = one; b.other += two;");
    expect(model.textOf(present(writeOf(model, memberNamed(model, "method"))?.value))).toBe("one");
    expect(writeOf(model, memberNamed(model, "other"))?.value).toBeUndefined();
  });

  it("holds for names as well", () => {
    const model = modelOf("let a = 1; a = 2; look(a);");
    const [, written, read] = model.nodes("Identifier").filter(({ name }) => name === "a");
    expect(writeOf(model, present(written))?.how).toBe("assign");
    expect(writeOf(model, present(read))).toBeUndefined();
  });
});

describe("what else writes", () => {
  it.each([
    ["Object.assign(options, more);", true],
    ["globalThis.Object.assign(options, more);", true],
    ['Object.defineProperty(options, "a", {});', true],
    ['Reflect.set(options, "a", 1);', true],
    ['Reflect.deleteProperty(options, "a");', true],
    ["Object.assign({}, options);", false],
    ["Object.keys(options);", false],
    ["const Object = own; Object.assign(options, more);", false],
    ["new Options(options);", false],
  ])("an argument: %s", (text, isWriter) => {
    const model = modelOf(text);
    const call = present(model.nodes("CallExpression")[0] ?? model.nodes("NewExpression")[0]);
    const argument = present(call.arguments.find((node) => node.type === "Identifier" && node.name === "options"));
    expect(writesArgument(model, call, argument)).toBe(isWriter);
  });

  it("a method that changes its object", () => {
    const model = modelOf("list.push(1); list.map(f); list.push; f(list.pop);");
    const lists = model.nodes("Identifier").filter(({ name }) => name === "list");
    expect(lists.map((list) => isMutatorCall(model, list))).toEqual([true, false, false, false]);
  });

  it("members, by their names", () => {
    const model = modelOf(
      'a.one = 1; delete b.two; Object.assign(c, { three: 3 }, rest); Object.defineProperty(d, "four", {}); look(e.five, { six: 6 });',
    );
    expect([...writtenMembers(model)].sort()).toEqual(["four", "one", "three", "two"]);
  });

  it("the whole of a member", () => {
    const model = modelOf("look(secret.value?.list[0].name);");
    const [, secret] = model.nodes("Identifier");
    expect(model.textOf(wholeMember(model, present(secret)))).toBe("secret.value?.list[0].name");
    expect(wholeMember(model, present(model.nodes("Identifier")[0])).type).toBe("Identifier");
  });
});
