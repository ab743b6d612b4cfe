import { describe, expect, it } from "vitest";
import { findProxySettings } from "../../../src/analysis/http/proxies.ts";
import { modelOf } from "../support.ts";

/** What a text does with the proxy of its requests, each as `what name`. */
function found(text: string): string[] {
  const model = modelOf(text);
  const { problems, changes } = findProxySettings(model);
  return [
    ...problems.map(({ data }) => `set ${data?.["why"]?.split("`")[1] ?? ""}`),
    ...changes.map(({ name, node }) => `change ${name} at ${model.textOf(node)}`),
  ];
}

describe("findProxySettings", () => {
  it.each([
    ["process.env.HTTP_PROXY = proxy;", ["set HTTP_PROXY"]],
    ['process.env["https_proxy"] = proxy;', ["set https_proxy"]],
    ["const { env } = process; env.HTTPS_PROXY ??= proxy;", ["set HTTPS_PROXY"]],
    ["[process.env.HTTP_PROXY] = proxies;", ["set HTTP_PROXY"]],
    ["Object.assign(process.env, { HTTP_PROXY: proxy, REGION });", ["set HTTP_PROXY"]],
    ['Reflect.set(process.env, "HTTP_PROXY", proxy);', ["set HTTP_PROXY"]],
    ['process.env[isHttps ? "HTTPS_PROXY" : "HTTP_PROXY"] = proxy;', ["set HTTPS_PROXY", "set HTTP_PROXY"]],
    ["process.env.NO_PROXY = host;", ["change NO_PROXY at NO_PROXY"]],
    ["delete process.env.no_proxy;", ["change no_proxy at no_proxy"]],
    ["configure(process.env); const HTTP = { HTTP_PROXY: proxy };", ["change HTTP_PROXY at HTTP_PROXY"]],
    ["delete process.env.HTTP_PROXY;", []],
    ["const NONE = ''; process.env.HTTP_PROXY = NONE;", []],
    ["process.env.ALL_PROXY = proxy;", []],
    ["show(process.env.HTTP_PROXY);", []],
    ["const settings = { HTTP_PROXY: proxy };", []],
    ["const process = { env: {} }; process.env.HTTP_PROXY = proxy;", []],
  ])("tells of %s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});
