import { describe, expect, it } from "vitest";
import { isSignerMethod } from "../../../src/analysis/http/oauth-signer.ts";
import { callbackRequests } from "../../../src/analysis/toolbelt/salesforce.ts";
import { modelOf, present } from "../support.ts";

const CALLBACK = "(err, result) => { if (err) return callback(err); callback(null, result); }";

/** The requests with callbacks in a handler with this body, whose connections are what `connect()` gives. */
function requestsIn(body: string): string[] {
  const model = modelOf(`function lambda(input, callback) {\n${body}\n}`);
  const connections = model.nodes("CallExpression").filter(({ callee }) => model.textOf(callee) === "connect");
  return callbackRequests(model, connections).map(({ call, callback }) =>
    ["error" in callback ? "in parts" : callback.name, model.textOf(call.callee)].join(": "),
  );
}

describe("callbackRequests", () => {
  it.each([
    [`con.query('a', ${CALLBACK});`, "in parts: con.query"],
    [`con.sobject('Case').create({}, ${CALLBACK});`, "in parts: con.sobject('Case').create"],
    ["con.query('a', callback);", "callback: con.query"],
    ["con.identity(callback);", "callback: con.identity"],
  ])("finds %s", (body, request) => {
    expect(requestsIn(`const con = connect();\n${body}`)).toEqual([request]);
  });

  it.each([
    ["con.query('a');"],
    ["con.query('a', {}, callback);"],
    ["con.query('a', other);"],
    ["con.query(...input.list, callback);"],
    ["con.query();"],
    ["con.unknown('a', callback);"],
    ["con.query?.('a', callback);"],
    ["con[input.x]('a', callback);"],
    ["con.query;"],
    ["con();"],
    ["use(con);"],
    ["input.x = con.query('a', callback);"],
    ["con.sobject('Case');"],
    ["con.sobject('Case', 1).create({}, callback);"],
    ["con.sobject('Case').create;"],
  ])("leaves %s alone", (body) => {
    expect(requestsIn(`const con = connect();\n${body}`)).toEqual([]);
  });

  it("follows no connection that is exchanged, taken apart or used in place", () => {
    expect(requestsIn("let con = connect(); con = input.x; con.query('a', callback);")).toEqual([]);
    expect(requestsIn("const { query } = connect(); query('a', callback);")).toEqual([]);
    expect(requestsIn("connect().query('a', callback);")).toEqual([]);
  });

  it("gives inner requests first", () => {
    const inner = "con.query('b', callback);";
    const outer = `con.login('a', 'b', (err, info) => { if (err) return callback(err); ${inner} });`;
    expect(requestsIn(`const con = connect();\n${outer}`)).toEqual(["callback: con.query", "in parts: con.login"]);
  });
});

describe("isSignerMethod", () => {
  function isSigner(code: string): boolean {
    const model = modelOf(code);
    const call = present(model.nodes("CallExpression").at(-1));
    return isSignerMethod(model, call.callee, "authorize", "toHeader");
  }

  it.each([
    ["import OAuth from 'oauth-1.0a'; const signer = new OAuth({}); signer.authorize({});"],
    ["const OAuth = require('oauth-1.0a'); const signer = OAuth({}); signer.toHeader({});"],
    ["import OAuth from 'oauth-1.0a'; new OAuth({})['toHeader']({});"],
  ])("is true of the last call in %s", (code) => {
    expect(isSigner(code)).toBe(true);
  });

  it.each([
    ["import OAuth from 'oauth-1.0a'; const signer = new OAuth({}); signer.other({});"],
    ["import OAuth from 'oauth-1.0a'; const signer = new OAuth({}); signer[name]({});"],
    ["import OAuth from 'oauth-1.0a'; const { authorize } = new OAuth({}); authorize({});"],
    ["import OAuth from 'oauth-1.0a'; let signer = new OAuth({}); signer = other; signer.authorize({});"],
    ["import OAuth from 'oauth-1.0a'; OAuth.authorize({});"],
    ["import OAuth from 'other'; const signer = new OAuth({}); signer.authorize({});"],
    ["const signer = new OAuth({}); signer.authorize({});"],
    ["const signer = 1; signer.authorize({});"],
    ["function f(signer) { signer.authorize({}); }"],
    ["function signer() {} signer.authorize({});"],
    ["signer.authorize({});"],
    ["this.authorize({});"],
  ])("is false of the last call in %s", (code) => {
    expect(isSigner(code)).toBe(false);
  });
});
