import { describe, expect, it } from "vitest";
import { findUnfinishedWork } from "../../../src/analysis/contract/unfinished-work.ts";
import { handlerOf, modelOf } from "../support.ts";

const FILE = `
const { Toolbelt } = require("lp-faas-toolbelt");
const http = Toolbelt.HTTPClient();
const secrets = Toolbelt.SecretClient();
async function log(value) { await http(value); }
async function sum(value) { return value + 1; }
`;

/** What nobody waits for in a handler with this body. */
function found(body: string): string[] {
  const model = modelOf(`${FILE} async function lambda(input, callback) { ${body} }`);
  return findUnfinishedWork(model, handlerOf(model)).map((node) => model.textOf(node));
}

describe("findUnfinishedWork", () => {
  it.each([
    ["http(input.url); callback();", ["http(input.url)"]],
    ["http.post(input.url); callback();", ["http.post(input.url)"]],
    ["secrets.updateSecret(input); callback();", ["secrets.updateSecret(input)"]],
    ["http(input.url).catch(() => {}); callback();", ["http(input.url).catch(() => {})"]],
    ["load().then(show); callback();", ["load().then(show)"]],
    ["const pending = load(); pending.then(show); callback();", ["pending.then(show)"]],
    [
      "const pending = load(); pending.then(() => log(1)); callback(null, await pending);",
      ["pending.then(() => log(1))"],
    ],
    [
      "const pending = load(); pending.then(async (value) => { show(value); }); await pending; callback();",
      ["pending.then(async (value) => { show(value); })"],
    ],
    ["log(1); callback();", ["log(1)"]],
    ["void log(1); callback();", ["log(1)"]],
    ["input.a && log(1), log(2); callback();", ["log(1)", "log(2)"]],
    ["input.a ? log(1) : callback();", ["log(1)"]],
    [
      "input.b?.forEach(async (each) => { await log(each); }); callback();",
      ["input.b?.forEach(async (each) => { await log(each); })"],
    ],
    ["setTimeout(() => show(), 5); callback();", ["setTimeout(() => show(), 5)"]],
    ["arm(input.a); callback(); function arm(a) { setTimeout(a, 5); }", ["setTimeout(a, 5)"]],
    ["await new Promise(arm); arm(input.a); callback(); function arm(a) { setTimeout(a, 5); }", ["setTimeout(a, 5)"]],
    ["const again = () => { log(1); }; again(); callback();", ["log(1)"]],
  ])("finds in %s", (body, expected) => {
    expect(found(body)).toEqual(expected);
  });

  it.each([
    "await log(1); callback();",
    "const pending = log(1); pending.catch(() => {}); callback(null, await pending);",
    "const pending = load(); pending.then((value) => console.info(value)).catch(console.error); await Promise.all([pending]); callback();",
    "let finish; const ready = new Promise((resolve) => { finish = resolve; }); load().then((value) => finish(value)); callback(null, await ready);",
    "const gate = {}; gate.ready = new Promise((resolve) => { gate.open = resolve; }); load().then(gate.open); callback(null, await gate.ready);",
    "let gate; const ready = new Promise((resolve, reject) => { gate = { resolve, reject }; }); setTimeout(() => gate.resolve(), 5); await ready; callback();",
    "const wait = require('util').promisify(function (ms, done) { setTimeout(done, ms); }); await wait(5); callback();",
    "const { promisify } = require('util'); await promisify(ask)(1); callback(); function ask(id, done) { http(id).then((value) => done(null, value), done); }",
    "await load().then(show); callback();",
    "return log(1);",
    "const pending = log(1); callback(); await pending;",
    "sum(1); show(2); callback();",
    "http(input.url).then((value) => callback(null, value)).catch(callback);",
    "setTimeout(() => callback(), 5);",
    "setTimeout(finish, 5); function finish() { callback(); }",
    "setTimeout(() => shelf.finish(), 5); const shelf = { finish: () => callback() };",
    "const done = callback; load().then(() => done());",
    "let done; done = callback; load().then(() => done());",
    "run(callback); function run(done) { setTimeout(() => done(null, 1), 5); }",
    "await new Promise((resolve) => { setTimeout(resolve, 5); }); callback();",
    "await new Promise(arm); callback(); function arm(resolve) { setTimeout(resolve, 5); }",
    "await new Promise((resolve) => arm(resolve)); callback(); function arm(resolve) { setTimeout(resolve, 5); }",
    "await Promise.race([load(), limit()]); callback(); function limit() { return new Promise(late); } function late(_, fail) { setTimeout(fail, 5); }",
    "const bus = connect(); bus.once('end', () => callback()); setImmediate(() => bus.emit('end'));",
    "const all = { callback }; load().then(() => finish(all));",
    "input.done = callback; load().then(() => input.done());",
    "run((error) => callback(error)); function run(done) { setTimeout(() => done(null), 5); }",
    "run((error) => run((other) => callback(other))); function run(done) { load().then(() => done(null)); }",
    "const answer = () => callback(); run(answer); function run(done) { setTimeout(done, 5); }",
    "input.a.forEach(async (each) => each); callback();",
    "Promise.then(show); callback();",
  ])("finds nothing in %s", (body) => {
    expect(found(body)).toEqual([]);
  });

  it("asks handlers with a callback alone", () => {
    const model = modelOf("async function lambda(input) { setTimeout(() => 1, 5); }");
    const handler = { ...handlerOf(modelOf("function lambda(a, b) {}")), callback: undefined };
    expect(findUnfinishedWork(model, handler)).toEqual([]);
  });
});
