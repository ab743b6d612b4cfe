import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { packageForm } from "../../src/platform/packages.ts";
import type { PackageForm } from "../../src/platform/packages.ts";

const require = createRequire(import.meta.url);

function formOf(source: string, isReplaced = false): PackageForm {
  const form = packageForm(source, isReplaced ? ["es-toolkit"] : []);
  if (form === undefined) {
    throw new Error(`The table does not know ${source}.`);
  }
  return form;
}

// The packages themselves are asked: a name that is missing keeps a V2 function from loading.
describe("what the table says of a package", () => {
  it.each([
    ["lodash", false],
    ["lodash/get", false],
    ["lodash", true],
    ["luxon", false],
    ["jsonwebtoken", false],
    ["oauth-1.0a", false],
    ["uuid", false],
    ["crypto", false],
    ["node:fs/promises", false],
    ["util", false],
  ])("%s (es-toolkit: %s) is what an ES module finds", async (source, isReplaced) => {
    const { modern, hasDefault, names, member } = formOf(source, isReplaced);
    const found = (await import(modern)) as Readonly<Record<string, unknown>>;
    expect([...(names ?? [])].filter((name) => !Object.hasOwn(found, name))).toEqual([]);
    expect(Object.hasOwn(found, "default")).toBe(hasDefault);
    if (member === undefined && hasDefault && modern === source) {
      expect(found["default"]).toBe(require(source));
    }
  });

  it.each(["lodash", "jsonwebtoken", "oauth-1.0a"])("%s has names that no ES module finds", async (source) => {
    expect(formOf(source).names).toBeUndefined();
    expect(Object.keys((await import(source)) as object)).not.toContain("sign");
    expect(Object.keys((await import(source)) as object)).not.toContain("get");
  });

  it("names functions of es-toolkit that lodash has as well", () => {
    const lodash = require("lodash") as object;
    expect([...(formOf("lodash", true).names ?? [])].filter((name) => !Reflect.has(lodash, name))).toEqual([]);
  });

  it("knows a file of lodash by the name that an ES module needs", () => {
    expect(formOf("lodash/get")).toMatchObject({ modern: "lodash/get.js", localName: "get" });
    expect(formOf("lodash/get.js", true)).toMatchObject({ modern: "es-toolkit/compat", member: "get" });
  });

  it.each(["axios", "lodash/fp", "lodash/_baseGet", "./helper", "request", "node:nothing", "luxon/src/luxon.js"])(
    "%s is not known",
    (source) => {
      expect(packageForm(source)).toBeUndefined();
    },
  );
});

it("refuses what luxon 3 rejects", () => {
  const luxon: unknown = require("luxon");
  const { DateTime, Duration } = luxon as Record<"DateTime" | "Duration", { fromObject(values: object): unknown }>;
  expect(() => DateTime.fromObject({ year: 2021, zone: "utc" })).toThrow("Invalid unit zone");
  expect(() => Duration.fromObject({ hours: 1, locale: "fr" })).toThrow("Invalid unit locale");
});
