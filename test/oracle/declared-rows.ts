import type { CaseScript } from "./index.ts";

/** A declared difference: two bodies of a handler that differ in it alone. */
interface DeclaredRow {
  readonly ids: readonly string[];
  readonly original: string;
  readonly migrated: string;
  /** Declared too, but not enough alone. */
  readonly besides?: readonly string[];
  readonly scenarios?: CaseScript;
}

/** Calls back with what an expression gives. */
export const CALL = (expression: string): string =>
  `try { callback(null, await ${expression}); } catch (e) { callback(e); }`;

export const DECLARED_ROWS: readonly DeclaredRow[] = [
  {
    ids: ["engine-error-text"],
    original: `try { const names = []; for (let i = 0; i < input.payload.items.length; i++) names.push(input.payload.items[i].name); callback(null, names); } catch (e) { console.error(e.message); callback(null, []); }`,
    migrated: `try { return input.payload.items.map(({ name }) => name); } catch (e) { console.error(e.message); return []; }`,
  },
  {
    ids: ["secrets-cached"],
    besides: ["secret-error-shape"],
    original: CALL(
      `(async () => { const a = await secrets.readSecret("k"); await secrets.readSecret("k"); return a.value; })()`,
    ),
    migrated: `const a = await secrets.readSecret("k"); await secrets.readSecret("k"); return a.value;`,
  },
  {
    ids: ["secrets-parallel"],
    besides: ["secret-error-shape"],
    original: CALL(
      `(async () => { const a = await secrets.readSecret("a"); const b = await secrets.readSecret("b"); return a.value + b.value; })()`,
    ),
    migrated: `const [a, b] = await Promise.all([secrets.readSecret("a"), secrets.readSecret("b")]); return a.value + b.value;`,
  },
  {
    ids: ["secrets-cached", "secrets-parallel"],
    besides: ["secret-error-shape"],
    original: CALL(`(async () => { for (const k of ["a", "b", "a"]) await secrets.readSecret(k); })()`),
    migrated: `await Promise.all(["b", "a"].map((k) => secrets.readSecret(k))); await secrets.readSecret("a");`,
  },
  {
    ids: ["secrets-written-together"],
    besides: ["secret-error-shape"],
    original: CALL(
      `(async () => { await secrets.updateSecret({ key: "a", value: "1" }); await secrets.updateSecret({ key: "b", value: "2" }); })()`,
    ),
    migrated: `await Promise.all([secrets.updateSecret({ key: "a", value: "1" }), secrets.updateSecret({ key: "b", value: "2" })]);`,
    scenarios: { missingSecrets: ["a"] },
  },
  { ids: ["never-settles"], original: `console.info("x");`, migrated: `console.info("x");` },
  {
    ids: ["helper-error"],
    original: `const read = (done) => setTimeout(() => done(null, input.a.b), 1); read((error) => callback(null, error !== null));`,
    migrated: `const read = async () => input.a.b; try { await read(); } catch (e) { console.warn(e.message); return true; } return false;`,
  },
  {
    ids: ["argument-error"],
    original: `require("crypto").randomBytes("x", (error, bytes) => callback(null, error ? "failed" : bytes.length));`,
    migrated: `const { promisify } = await import("node:util"); const { randomBytes } = await import("node:crypto");
      try { return (await promisify(randomBytes)("x")).length; } catch { return "failed"; }`,
  },
  {
    ids: ["orchestrator-body"],
    original: CALL(`Toolbelt.OrchestratorClient().invoke([{ uuid: "a", payload: 1 }]).then(([{ body }]) => body)`),
    migrated: `const [{ body }] = await Toolbelt.OrchestratorClient().invoke([{ uuid: "a", payload: 1 }]); return body;`,
  },
  { ids: ["error-object"], original: `callback("text");`, migrated: `throw new Error("text");` },
  {
    ids: ["error-object"],
    original: `callback({ message: "m", code: 7 });`,
    migrated: `throw Object.assign(new Error("m"), { code: 7 });`,
  },
  {
    ids: ["client-headers"],
    original: CALL(`http("https://api.example.com/a", { simple: false })`),
    migrated: `return (await fetch("https://api.example.com/a")).text();`,
    besides: ["network-error-shape"],
  },
  {
    ids: ["network-error-shape"],
    original: `try { await http("api.example.com/a"); } catch (e) { console.error("failed", e.message); callback(new Error("wrapped " + e)); }`,
    migrated: `try { await fetch("api.example.com/a"); } catch (e) { console.error("failed", e.message); throw new Error("wrapped " + e); }`,
  },
  {
    ids: ["network-error-shape"],
    original: `try { await http("api.example.com/a"); } catch (e) { callback(null, { failed: e.name, status: e.statusCode }); }`,
    migrated: `try { await fetch("api.example.com/a"); } catch (e) { return { failed: e.name, status: e.statusCode }; }`,
  },
  {
    ids: ["network-error-shape"],
    original: `try { await http("api.example.com/a"); } catch (e) { callback(null, "not sent: " + e.name); }`,
    migrated: `try { await fetch("api.example.com/a"); } catch (e) { return "not sent: " + e.name; }`,
  },
  {
    ids: ["network-error-shape"],
    original: CALL(`http("page 2", { headers: {} })`),
    migrated: `return (await fetch("page 2")).text();`,
  },
  {
    ids: ["fetch-transport"],
    besides: ["network-error-shape"],
    original: CALL(`http("https://api.example.com/a/../b?c=d|e", { headers: {}, simple: false })`),
    migrated: `return (await fetch("https://api.example.com/a/../b?c=d|e")).text();`,
  },
  {
    ids: ["secret-update"],
    original: `try { await secrets.updateSecret({ key: "k", value: "1" }); } catch (e) { callback(null, [e.message, e.code]); }`,
    migrated: `try { await secrets.updateSecret({ key: "k", value: "1" }); } catch (e) { return [e.message, e.code]; }`,
    scenarios: { missingSecrets: ["k"], derive: false },
  },
  {
    ids: ["error-object"],
    original: `callback(new Date(0));`,
    migrated: `throw new Error(JSON.stringify(new Date(0)));`,
    scenarios: { derive: false },
  },
  {
    ids: ["error-object"],
    original: `callback({ code: 3, say() {} });`,
    migrated: `throw Object.assign(new Error(JSON.stringify({ code: 3 })), { code: 3, say() {} });`,
    scenarios: { derive: false },
  },
  {
    ids: ["secret-error-shape"],
    original: CALL(`secrets.readSecret("k")`),
    migrated: `return secrets.readSecret("k");`,
  },
  {
    ids: ["full-response-shape"],
    besides: ["network-error-shape"],
    original: CALL(`http("https://api.example.com/a", { headers: {}, simple: false, resolveWithFullResponse: true })`),
    migrated: `const r = await fetch("https://api.example.com/a"); return { statusCode: r.status, headers: Object.fromEntries(r.headers), body: await r.text() };`,
  },
  {
    ids: ["cookies-as-text"],
    original: CALL(
      `http("https://api.example.com/a", { headers: {}, simple: false, resolveWithFullResponse: true }).then(({ headers }) => ({ "set-cookie": headers["set-cookie"], type: headers["content-type"] }))`,
    ),
    migrated: `const r = await fetch("https://api.example.com/a"); const headers = Object.fromEntries(r.headers); await r.text();
      return { "set-cookie": headers["set-cookie"], type: headers["content-type"] };`,
    scenarios: { derive: false, responses: [{ headers: { "set-cookie": ["a=1", "b=2"] }, body: "x" }] },
  },
  {
    ids: ["http-error-shape"],
    besides: ["network-error-shape"],
    original: CALL(`http("https://api.example.com/a", { headers: {} })`),
    migrated: `const r = await fetch("https://api.example.com/a"); const body = await r.text();
      if (!r.ok) throw Object.assign(new Error(r.status + " - " + JSON.stringify(body)), { name: "StatusCodeError", statusCode: r.status, error: body });
      return body;`,
  },
  {
    ids: ["status-error-text"],
    besides: ["network-error-shape"],
    original: `try { await http("https://api.example.com/a", { headers: {}, json: true }); callback(); } catch (e) { console.error("failed: " + e.message + " (a)"); callback(e); }`,
    migrated: `try { const r = await fetch("https://api.example.com/a", { headers: { Accept: "application/json" } });
      if (!r.ok) throw new Error(r.status + " - " + await r.text()); } catch (e) { console.error("failed: " + e.message + " (a)"); throw e; }`,
    scenarios: { derive: false, responses: [{ status: 404, body: `{ "code": 404 }` }] },
  },
  {
    ids: ["plain-status-error"],
    besides: ["network-error-shape"],
    original: `try { callback(null, await http("https://api.example.com/a", { headers: {} })); } catch (e) { console.error("failed: " + e.message); callback(e); }`,
    migrated: `try { const r = await fetch("https://api.example.com/a"); if (!r.ok) { throw new Error("Request failed with status " + r.status); } return await r.text(); } catch (e) { console.error("failed: " + e.message); throw e; }`,
  },
  {
    ids: ["plain-status-error"],
    besides: ["network-error-shape"],
    original: `try { callback(null, await http("https://api.example.com/a", { headers: {} })); } catch (e) { console.error("failed: " + String(e)); callback(null, "none"); }`,
    migrated: `try { const r = await fetch("https://api.example.com/a"); if (!r.ok) { throw Object.assign(new Error("Request failed with status " + r.status), { name: "StatusCodeError" }); } return await r.text(); } catch (e) { console.error("failed: " + String(e)); return "none"; }`,
  },
  {
    ids: ["strict-json"],
    besides: ["network-error-shape", "accept-not-sent"],
    original: CALL(
      `(async () => { const a = await http("https://api.example.com/a", { headers: {}, json: true, simple: false }); await http("https://api.example.com/b", { headers: {}, simple: false }); return a; })()`,
    ),
    migrated: `const a = await (await fetch("https://api.example.com/a")).json(); await (await fetch("https://api.example.com/b")).text(); return a;`,
  },
  {
    ids: ["strict-json"],
    besides: ["accept-not-sent"],
    original: `try { callback(null, await http("https://api.example.com/a", { headers: {}, json: true })); } catch { callback(null, "caught"); }`,
    migrated: `try { const r = await fetch("https://api.example.com/a"); if (!r.ok) { throw new Error("no"); } return await r.json(); } catch { return "caught"; }`,
  },
  {
    ids: ["accept-not-sent"],
    original: CALL(`http("https://api.example.com/a", { headers: {}, json: true })`),
    migrated: `return (await fetch("https://api.example.com/a")).json();`,
    scenarios: { derive: false },
  },
  {
    ids: ["conditional-headers"],
    original: CALL(`http("https://api.example.com/a", { headers: { "If-None-Match": "1" } })`),
    migrated: `return (await fetch("https://api.example.com/a", { headers: { "If-None-Match": "1" } })).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["fetch-transport"],
    original: CALL(`http("https://api.example.com/a", { headers: { "Content-Type": "a/b", Cookie: "c=1" } })`),
    migrated: `return (await fetch("https://api.example.com/a", { headers: { "Content-Type": "a/b", Cookie: "c=1" } })).text();`,
    scenarios: {
      derive: false,
      responses: [{ path: "/a", status: 302, headers: { location: "https://other.example.com/b" }, body: "moved" }],
    },
  },
  {
    ids: ["redirects-followed"],
    besides: ["network-error-shape"],
    original: CALL(`http("https://api.example.com/a", { method: "POST", headers: {}, simple: false })`),
    migrated: `return (await fetch("https://api.example.com/a", { method: "POST" })).text();`,
  },
  {
    ids: ["lower-case-method"],
    besides: ["http-error-shape", "network-error-shape"],
    original: CALL(`http("https://api.example.com/a", { method: "put", headers: {}, body: "x" })`),
    migrated: `const response = await fetch("https://api.example.com/a", { method: "PUT", redirect: "manual", body: Buffer.from("x") });
      const body = await response.text();
      if (!response.ok) throw new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
      return body;`,
  },
  {
    ids: ["credentials-not-sent"],
    besides: ["network-error-shape"],
    original: CALL(
      `(async () => { try { await http("https://api.example.com/a", { headers: {}, auth: { user: 7, pass: "x" } }); } finally { await http("https://api.example.com/b", { headers: {}, simple: false }); } })()`,
    ),
    migrated: `try { throw new Error("auth() received invalid user or password"); } finally { await (await fetch("https://api.example.com/b")).text(); }`,
  },
  {
    ids: ["unchecked-credentials"],
    besides: ["http-error-shape", "network-error-shape"],
    original: CALL(`http("https://api.example.com/a", { headers: {}, auth: { user: input.user, pass: input.pass } })`),
    migrated: `const response = await fetch("https://api.example.com/a", { headers: { authorization: "Basic " + btoa(input.user + ":" + input.pass) } });
      const body = await response.text();
      if (!response.ok) throw new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
      return body;`,
  },
  {
    ids: ["redirect-with-body"],
    besides: ["network-error-shape"],
    original: CALL(
      `http("https://api.example.com/a", { method: "put", headers: { "Content-Type": "a/b" }, body: "x", simple: false })`,
    ),
    migrated: `return (await fetch("https://api.example.com/a", { method: "PUT", headers: { "Content-Type": "a/b" }, body: "x" })).text();`,
  },
  {
    ids: ["early-error"],
    original: `const save = ({ row }) => { console.info(row.id); callback(null, row.id); };
      try { save(input); } catch { console.error("no row"); callback(new Error("no row")); }`,
    migrated: `const save = async ({ row }) => { console.info(row.id); return row.id; };
      try { return save(input); } catch { console.error("no row"); throw new Error("no row"); }`,
  },
  {
    ids: ["form-encoding"],
    original: CALL(
      `http("https://api.example.com/a", { method: "POST", headers: {}, form: { a: "1 2", b: undefined } })`,
    ),
    migrated: `return (await fetch("https://api.example.com/a", { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ a: "1 2", b: undefined }) })).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["form-encoding"],
    original: CALL(
      `http("https://api.example.com/a", { method: "POST", headers: {}, form: { z: 1, a: ["x", "y"], b: { c: 1 }, d: 2 } })`,
    ),
    migrated: `return (await fetch("https://api.example.com/a", { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ z: 1, a: ["x", "y"], b: { c: 1 }, d: 2 }) })).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["multipart-form"],
    original: CALL(
      `http("https://api.example.com/a", { method: "POST", headers: {}, formData: { a: "1\\n2", b: { value: Buffer.from("1\\n2"), options: { filename: "b.txt", contentType: "text/plain" } } } })`,
    ),
    migrated: `const form = new FormData(); form.append("a", "1\\n2"); form.append("b", new File(["1\\n2"], "b.txt", { type: "text/plain" }));
      return (await fetch("https://api.example.com/a", { method: "POST", body: form })).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["multipart-form"],
    original: `try { callback(null, await http("https://api.example.com/a", { method: "POST", headers: {}, formData: { a: input.nothing } })); } catch (e) { callback(new Error(e.message)); }`,
    migrated: `throw new Error("The form field a can't be sent.");`,
    scenarios: { derive: false },
  },
  {
    ids: ["query-encoding"],
    original: CALL(`http("https://api.example.com/a", { headers: {}, qs: { a: "1 2", b: null } })`),
    migrated: `return (await fetch("https://api.example.com/a?" + new URLSearchParams({ a: "1 2", b: null }))).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["text-content-type"],
    original: CALL(`http("https://api.example.com/a", { method: "POST", headers: {}, body: "x" })`),
    migrated: `return (await fetch("https://api.example.com/a", { method: "POST", body: "x" })).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["undefined-header"],
    original: CALL(`http("https://api.example.com/a", { headers: { a: input.nothing } })`),
    migrated: `return (await fetch("https://api.example.com/a", { headers: { a: input.nothing } })).text();`,
    scenarios: { derive: false },
  },
  {
    ids: ["undefined-body"],
    original: CALL(
      `http("https://api.example.com/a", { method: "POST", headers: { accept: "a/b" }, json: true, body: input.nothing })`,
    ),
    migrated: `return (await fetch("https://api.example.com/a", { method: "POST", headers: { accept: "a/b", "Content-Type": "application/json" }, body: JSON.stringify(input.nothing) })).json();`,
    scenarios: { derive: false },
  },
];

/** What no declaration explains: what is wrong, both bodies, and the kinds of what is seen. */
export const UNEXPLAINED_ROWS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ["another value", `callback(null, 1);`, `return 2;`, ["outcome"]],
  ["the text of another value", `callback(null, { a: 1 });`, `return '{"a":2}';`, ["outcome"]],
  ["null for undefined", `callback();`, `return null;`, ["outcome"]],
  ["success for failure", `callback("text");`, `return "text";`, ["outcome"]],
  ["another message", `callback("text");`, `throw new Error("other");`, ["outcome"]],
  ["lost fields", `callback({ message: "m", code: 7 });`, `throw new Error("m");`, ["outcome"]],
  [
    "an error without its code",
    `callback(Object.assign(new Error("x"), { code: 5 }));`,
    `throw new Error("x");`,
    ["outcome"],
  ],
  ["another class of error", `callback(new TypeError("x"));`, `throw new Error("x");`, ["outcome"]],
  ["a value for a timeout", `console.info("x");`, `console.info("x"); return 1;`, ["outcome"]],
  ["a lost log", `console.info("x"); callback();`, `return;`, ["console"]],
  ["another level", `console.info("x"); callback();`, `console.warn("x"); return;`, ["console"]],
  ["a lost secret", `await secrets.readSecret("k"); callback();`, `return;`, ["secret-reads"]],
  [
    "another order of logs",
    `console.info("a"); console.info("b"); callback();`,
    `console.info("b"); console.info("a");`,
    ["console"],
  ],
  [
    "a secret read twice",
    CALL(`secrets.readSecret("k")`),
    `await secrets.readSecret("k", { useCache: false }); return secrets.readSecret("k", { useCache: false });`,
    ["secret-reads"],
  ],
  [
    "another secret's value written",
    `await secrets.updateSecret({ key: "k", value: "1" }); callback();`,
    `await secrets.updateSecret({ key: "k", value: "2" });`,
    ["secret-writes"],
  ],
  [
    "a method that V2 lacks",
    `await secrets.updateSecret({ key: "k", value: "1" }); callback();`,
    `await secrets.writeSecret({ key: "k", value: "1" });`,
    ["outcome", "secret-writes"],
  ],
  ["a floating failure that is gone", `Promise.reject(new Error("x")); callback();`, `return;`, ["unhandled"]],
  [
    "a form with another value",
    CALL(`http("https://api.example.com/a", { method: "POST", headers: {}, form: { a: "1 2" } })`),
    `return (await fetch("https://api.example.com/a", { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "a=1+3" })).text();`,
    ["requests"],
  ],
  [
    "another text of a status",
    CALL(`http("https://api.example.com/a", { headers: {} })`),
    `const r = await fetch("https://api.example.com/a"); throw new Error("404 - not the answer");`,
    ["outcome"],
  ],
  [
    "another status",
    CALL(`http("https://api.example.com/a", { headers: {}, simple: false })`),
    `await fetch("https://api.example.com/a"); throw new Error("Request failed with status 404");`,
    ["outcome"],
  ],
  [
    "another end that no broken body explains",
    CALL(`http("https://api.example.com/a", { headers: {} })`),
    `await fetch("https://api.example.com/a"); return "caught";`,
    ["outcome"],
  ],
  [
    "a lost header",
    CALL(`http("https://api.example.com/a", { headers: { a: "1" } })`),
    `return (await fetch("https://api.example.com/a")).text();`,
    ["request-headers"],
  ],
  [
    "a lost User-Agent",
    CALL(`http("https://api.example.com/a", { headers: { "User-Agent": "mine" } })`),
    `return (await fetch("https://api.example.com/a")).text();`,
    ["request-headers"],
  ],
  [
    "a content type that only V2 sends",
    CALL(`http("https://api.example.com/a", { headers: {} })`),
    `return (await fetch("https://api.example.com/a", { headers: { "Content-Type": "a/b" } })).text();`,
    ["request-headers"],
  ],
  [
    "another query",
    CALL(`http("https://api.example.com/a?b=1")`),
    `return (await fetch("https://api.example.com/a?b=2")).text();`,
    ["requests"],
  ],
  ["a request less", `await http("https://api.example.com/a"); callback();`, `return;`, ["requests"]],
  ["the old environment name", `callback(null, process.env.BRAND_ID);`, `return process.env.BRAND_ID;`, ["outcome"]],
  [
    "another client's call",
    `await Toolbelt.SDEUtil().addSDEs([1], "v", "s"); callback();`,
    `await Toolbelt.SDEUtil().addSDEs([2], "v", "s");`,
    ["calls"],
  ],
];
