import { describe, expect, it } from "vitest";
import { findLostMembers } from "../../../src/analysis/errors/lost-members.ts";
import { modelOf } from "../support.ts";

function found(text: string): string {
  const members = findLostMembers(modelOf(text));
  return members.map(({ kind, shown }) => `${kind} ${shown}`).join(", ");
}

const caught = (statement: string): string =>
  `async function lambda(input, callback) { try { await http(url); } catch (e) { ${statement} } }`;

describe("findLostMembers", () => {
  it.each([
    ["show(e.statusCode, e.message, e.name, e.response.body);", ""],
    ["callback(e);", ""],
    ["throw e;", ""],
    ["console.error('no', e);", ""],
    ["callback(new Error(`no: ${e}`));", ""],
    ["Promise.reject(e);", ""],
    ["use(e.error.code);", "read e.error.code"],
    ["use(e.error);", "read e.error"],
    ["use(e?.error?.code);", "read e?.error?.code"],
    ["use(e['cause']['code']);", "read e['cause']['code']"],
    ["use(e.cause);", ""],
    ["use(e.options.uri);", "read e.options.uri"],
    ["use(e.constructor.name);", "read e.constructor.name"],
    ["use(e.response.request.href);", "read e.response.request"],
    ["console.error(e.stack, `${e.stack}`, 'no ' + e.stack);", ""],
    ["use(e.stack);", ""],
    ["if (e.stack.startsWith('StatusCodeError')) use(1);", "read e.stack.startsWith"],
    ["use(/^StatusCodeError: 404/.test(e.stack));", "read e.stack"],
    ["use(e instanceof TypeError);", "read e instanceof TypeError"],
    ["use(e instanceof Error);", ""],
    ["const { error, options: { uri }, message } = e;", "read error, read options: { uri }"],
    ["const failure = e; use(failure.options);", "read failure.options"],
    ["use(codeOf(e)); function codeOf(error) { return error.cause.code; }", "read error.cause.code"],
    ["if (e.name === 'RequestError') use(1);", "text 'RequestError'"],
    ["if (/ECONNREFUSED/.test(e.message)) use(1);", "text /ECONNREFUSED/"],
    ["use({ ...e });", "listed e"],
    ["use(Object.assign({}, e));", "listed e"],
    ["use(Object.keys(e));", "listed e"],
    ["for (const name in e) use(name);", "listed e"],
    ["use(JSON.stringify(e));", "listed e"],
    ["use(JSON.stringify({ list: [e] }));", "listed e"],
    ["use(e.hasOwnProperty('message'));", "listed e.hasOwnProperty"],
    ["callback(null, e);", "listed e"],
    ["callback(null, { error: e });", "listed { error: e }"],
    ["return e;", "listed e"],
    ["report(e);", ""],
    ["const done = callback; done(e);", ""],
    ["report('no order', e);", "listed e"],
    ["report({ e });", "listed { e }"],
  ])("of %s", (statement, expected) => {
    expect(found(caught(statement))).toBe(expected);
  });

  it("looks where promises fail", () => {
    expect(found("run().catch((e) => use(e.options));")).toBe("read e.options");
    expect(found("run().then(done, ({ options, ...rest }) => use(options));")).toBe("read options, listed ...rest");
    expect(found("run().catch(handle); function handle(e) { use(e.options); }")).toBe("read e.options");
  });

  it("leaves alone what no request can fail with", () => {
    expect(found("try { JSON.parse(text); } catch (e) { use(e.options, { ...e }); }")).toBe("");
    expect(found("run().then((e) => use(e.options));")).toBe("");
  });
});
