/** Bodies of handlers that differ in one small thing, as a person might get it wrong: what, the V1 body, the V2 body. */
export type SubtleFault = readonly [what: string, original: string, migrated: string];

/** The address that they ask. */
const U = `"https://api.example.com/orders"`;

export const SUBTLE_FAULTS: readonly SubtleFault[] = [
  ["default for empty text", `return input.payload.name || "none";`, `return input.payload.name ?? "none";`],
  [
    "bound off by one",
    `if (input.payload.amount > 100) console.info("big"); return 1;`,
    `if (input.payload.amount >= 100) console.info("big"); return 1;`,
  ],
  [
    "list bound",
    `return input.payload.items.slice(0, 3).map((i) => i.id);`,
    `return input.payload.items.slice(0, 4).map((i) => i.id);`,
  ],
  [
    "end of a loop",
    `for (let page = 1; page < 5; page += 1) if (page === input.payload.stop) return page; return "none";`,
    `for (let page = 1; page < 51; page += 1) if (page === input.payload.stop) return page; return "none";`,
  ],
  [
    "days rounded down",
    `const due = new Date(input.payload.due); return Math.ceil((due - new Date()) / 86400000);`,
    `const due = new Date(input.payload.due); return Math.floor((due - new Date()) / 86400000);`,
  ],
  [
    "missing only, and not empty",
    `if (!input.payload.id) return 1; return 2;`,
    `if (input.payload.id === undefined) return 1; return 2;`,
  ],
  [
    "default of an empty variable",
    `return process.env.GREETING || "hello";`,
    `return process.env.GREETING ?? "hello";`,
  ],
  [
    "id not encoded",
    `return "/orders/" + encodeURIComponent(input.payload.id);`,
    `return "/orders/" + encodeURI(input.payload.id);`,
  ],
  [
    "text of a missing header",
    `const [tenant] = input.headers.filter((h) => h.key === "x-tenant"); if (!tenant) throw new Error("no tenant"); return tenant.value;`,
    `const [tenant] = input.headers.filter((h) => h.key === "x-tenant"); if (!tenant) throw new Error("No tenant"); return tenant.value;`,
  ],
  [
    "case of a header",
    `return input.headers.find((h) => h.key === "x-tenant").value.toLowerCase();`,
    `return input.headers.find((h) => h.key === "x-tenant").value;`,
  ],
  ["case of a text", `return input.payload.city.toLowerCase();`, `return input.payload.city;`],
  ["spaces around a text", `return input.payload.city.trim();`, `return input.payload.city;`],
  [
    "write not awaited",
    `const entry = await secrets.readSecret("n"); await secrets.updateSecret(entry); return 1;`,
    `const entry = await secrets.readSecret("n", { useCache: false }); secrets.updateSecret(entry).catch(() => {}); return 1;`,
  ],
  [
    "calculates otherwise with a secret",
    `return Number((await secrets.readSecret("n")).value) + 1;`,
    `return Number((await secrets.readSecret("n")).value) + 2;`,
  ],
  [
    "other pattern for an answer",
    `const xml = await http(${U}); const found = /<status>(\\w+)<\\/status>/.exec(xml); return found ? found[1] : "none";`,
    `const response = await fetch(${U}); const xml = await response.text(); if (!response.ok) throw Object.assign(new Error(response.status + " - " + JSON.stringify(xml)), { name: "StatusCodeError", statusCode: response.status, error: xml }); const found = /<status>(\\w+)<\\/state>/.exec(xml); return found ? found[1] : "none";`,
  ],
  [
    "other pattern for a field",
    `return /^\\d{5}$/.test(input.payload.zip);`,
    `return /^\\d{4}$/.test(input.payload.zip);`,
  ],
  [
    "first one replaced alone",
    `return input.payload.phone.replace(/-/g, "");`,
    `return input.payload.phone.replace(/-/, "");`,
  ],
  [
    "length of a text",
    `const { name } = input.payload; return name.length > 12 ? "long" : name.trim();`,
    `const { name } = input.payload; return name.length > 21 ? "long" : name.trim();`,
  ],
  [
    "case of comparison",
    `return input.payload.kind.toLowerCase() === "gold";`,
    `return input.payload.kind === "gold";`,
  ],
  ["sort numbers as texts", `return input.payload.nums.sort((a, b) => a - b);`, `return input.payload.nums.sort();`],
  [
    "reverse sort",
    `return input.payload.nums.sort((a, b) => b - a);`,
    `return input.payload.nums.sort((a, b) => a - b);`,
  ],
  [
    "status 204 vs 200",
    `const r = await http(${U}, { json: true, simple: false, resolveWithFullResponse: true }); return r.statusCode === 201 ? "made" : "not";`,
    `const r = await fetch(${U}, { headers: { Accept: "application/json" } }); return r.ok ? "made" : "not";`,
  ],
  [
    "404 as error",
    `try { return await http(${U}, { json: true }); } catch (e) { if (e.statusCode === 404) return null; throw e; }`,
    `try { return await get(${U}); } catch (e) { if (e.statusCode >= 400) return null; throw e; }`,
  ],
  [
    "retry count",
    `for (let n = 0; n < 3; n++) { try { return await http(${U}, { json: true }); } catch (e) { if (n === 2) throw e; } }`,
    `for (let n = 0; n < 2; n++) { try { return await get(${U}); } catch (e) { if (n === 1) throw e; } }`,
  ],
  [
    "retry delay lost",
    `try { return await http(${U}, { json: true }); } catch (e) { await new Promise((r) => setTimeout(r, 5000)); return Date.now() - 1715769000000; }`,
    `try { return await get(${U}); } catch (e) { return Date.now() - 1715769000000; }`,
  ],
  [
    "parallel requests",
    `const a = await http(${U} + "/a", { json: true }); const b = await http(${U} + "/b", { json: true }); return [a.id, b.id];`,
    `const [a, b] = await Promise.all([get(${U} + "/a"), get(${U} + "/b")]); return [a.id, b.id];`,
  ],
  [
    "query not encoded",
    `return http(${U}, { json: true, qs: { q: input.payload.q } });`,
    `return get(${U} + "?q=" + input.payload.q);`,
  ],
  [
    "form spaces",
    `return http.post(${U}, { json: true, form: { name: input.payload.name, x: "a b" } });`,
    `return get(${U}, { method: "POST", redirect: "manual", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "name=" + input.payload.name + "&x=a b" });`,
  ],
  [
    "json body as text",
    `return http.post(${U}, { json: true, body: { id: input.payload.id } });`,
    `return get(${U}, { method: "POST", redirect: "manual", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ id: String(input.payload.id) }) });`,
  ],
  [
    "missing content type",
    `return http.post(${U}, { json: true, body: { id: 1 } });`,
    `return get(${U}, { method: "POST", redirect: "manual", body: JSON.stringify({ id: 1 }) });`,
  ],
  [
    "dropped header",
    `return http(${U}, { json: true, headers: { "X-Trace": input.payload.trace } });`,
    `return get(${U});`,
  ],
  [
    "secret read before",
    `if (!input.payload.on) return 0; const s = await secrets.readSecret("key"); return s.value.length;`,
    `const s = await secrets.readSecret("key"); if (!input.payload.on) return 0; return s.value.length;`,
  ],
  [
    "secret logged",
    `const s = await secrets.readSecret("key"); console.info("got it"); return 1;`,
    `const s = await secrets.readSecret("key"); console.info("got it", s.value); return 1;`,
  ],
  [
    "swallowed error",
    `const r = await http(${U}, { json: true }); return r.id;`,
    `try { const r = await get(${U}); return r.id; } catch (e) { console.error(e.message); }`,
  ],
  [
    "level of log",
    `try { return await http(${U}, { json: true }); } catch (e) { console.error("failed"); throw e; }`,
    `try { return await get(${U}); } catch (e) { console.warn("failed"); throw e; }`,
  ],
  [
    "not awaited write",
    `await secrets.updateSecret({ key: "k", value: "v" }); return 1;`,
    `secrets.updateSecret({ key: "k", value: "v" }); return 1;`,
  ],
  [
    "returns the wrapper",
    `const r = await http(${U}, { json: true }); return { id: r.id };`,
    `const r = await get(${U}); return r;`,
  ],
  ["undefined for null", `return input.payload.x ? 1 : null;`, `return input.payload.x ? 1 : undefined;`],
  ["number for text", `return String(input.payload.count);`, `return input.payload.count;`],
  [
    "header case sensitive",
    `const h = input.headers.find((x) => x.key.toLowerCase() === "x-key"); return h ? h.value : "none";`,
    `const h = input.headers.find((x) => x.key === "x-key"); return h ? h.value : "none";`,
  ],
  ["error without name", `throw new RangeError("too much");`, `throw new Error("too much");`],
  ["thrown text lost", `throw "bad";`, `throw "bad";`],
  [
    "finally return",
    `try { return await http(${U}, { json: true }); } finally { console.info("done"); }`,
    `const r = await get(${U}); console.info("done"); return r;`,
  ],
  [
    "reduce start",
    `return input.payload.items.reduce((s, i) => s + i.price, 0);`,
    `return input.payload.items.map((i) => i.price).reduce((s, i) => s + i);`,
  ],
  ["some vs every", `return input.payload.items.some((i) => i.ok);`, `return input.payload.items.every((i) => i.ok);`],
  ["optional chain", `return input.payload.user.name;`, `return input.payload.user?.name;`],
  ["loose equality", `return input.payload.n == 5;`, `return input.payload.n === 5;`],
  [
    "timezone",
    `return new Date(input.payload.date).toISOString().slice(0, 10);`,
    `return input.payload.date.slice(0, 10);`,
  ],
  [
    "mutated input",
    `input.payload.items.push({ id: 9 }); return input.payload.items.length;`,
    `const items = [...input.payload.items, { id: 9 }]; return items && input.payload.items.length;`,
  ],
  ["timeout missing", `return http(${U}, { json: true, timeout: 5000 });`, `return get(${U});`],
  [
    "followed redirects of POST",
    `return http.post(${U}, { json: true, body: { a: 1 } });`,
    `return get(${U}, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"a":1}' });`,
  ],
  ["flag from env", `return process.env.MODE === "fast" ? 1 : 2;`, `return process.env.MODE ? 1 : 2;`],
  [
    "status not looked at",
    `const r = await http(${U}); return JSON.parse(r).id;`,
    `const r = await fetch(${U}); return (await r.json()).id;`,
  ],
  [
    "trim",
    `return input.payload.code.trim() === "" ? "empty" : "full";`,
    `return input.payload.code === "" ? "empty" : "full";`,
  ],
  [
    "modulo",
    `return input.payload.n % 2 === 0 ? "even" : "odd";`,
    `return input.payload.n % 2 === 1 ? "odd" : "even";`,
  ],
  ["startsWith", `return input.payload.phone.startsWith("+49");`, `return input.payload.phone.includes("+49");`],
  [
    "switch default",
    `switch (input.payload.lang) { case "de": return "Hallo"; case "fr": return "Salut"; default: return "Hello"; }`,
    `switch (input.payload.lang) { case "de": return "Hallo"; default: return "Hello"; case "fr": return "Hello"; }`,
  ],
  [
    "answer list or object",
    `const r = await http(${U}, { json: true }); return Array.isArray(r) ? r.length : -1;`,
    `const r = await get(${U}); return r.length ?? -1;`,
  ],
  // What stays between two invocations.
  [
    "state of the module",
    `globalThis.n = (globalThis.n ?? 0) + 1; return globalThis.n;`,
    `let n = 0; n += 1; return n;`,
  ],
  // What a function does that is picked when it runs.
  [
    "field of a text that a function of a table parses",
    `const readers = { json: (text) => JSON.parse(text).number, plain: (line) => line.trim() }; return readers[input.payload.type](input.payload.content);`,
    `const readers = { json: (text) => JSON.parse(text).id, plain: (line) => line.trim() }; return readers[input.payload.type](input.payload.content);`,
  ],
  [
    "text that is no JSON, for a function that is picked",
    `const parse = (text) => { try { return JSON.parse(text).number; } catch { return "unreadable"; } }; const pick = input.payload.isJson ? parse : String; return pick(input.payload.content);`,
    `const parse = (text) => { try { return JSON.parse(text).number; } catch { return "broken"; } }; const pick = input.payload.isJson ? parse : String; return pick(input.payload.content);`,
  ],
  [
    "field of a text that a picked function parses",
    `const parse = (text) => JSON.parse(text).number; const read = input.payload.isPlain || parse; return typeof read === "function" ? read(input.payload.content) : "plain";`,
    `const parse = (text) => JSON.parse(text).id; const read = input.payload.isPlain || parse; return typeof read === "function" ? read(input.payload.content) : "plain";`,
  ],
];
