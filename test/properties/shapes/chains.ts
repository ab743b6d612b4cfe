import { lines } from "../layout.ts";
import { template } from "../templates.ts";
import type { Template } from "../templates.ts";

/** Functions given to `then` that call back. */
const ENDING: readonly string[] = [
  "(r) => callback(null, r)",
  "(r) => {\ncallback(null, r);\n}",
  "(r) => {\nreturn callback(null, r);\n}",
  "function (r) {\ncallback(null, r);\n}",
  '(r) => {\nconsole.info("got", r.name);\ncallback(null, r);\n}',
  "(r) => {\ncheck(r.name);\ncallback(null, r);\n}",
  '(r) => {\nif (r.ok) {\ncallback(null, r);\n} else {\ncallback(new Error("not ok"));\n}\n}',
  '(r) => {\nif (!r.ok) {\nreturn callback(new Error("not ok"));\n}\ncallback(null, r);\n}',
  '(r) => {\nif (!r.ok) {\nthrow new Error("not ok");\n}\ncallback(null, r);\n}',
  '(r) => (r.ok ? callback(null, r) : callback("not ok"))',
  "async (r) => {\nconst s = await second(r.name);\ncallback(null, s);\n}",
  "(r) => second(r.name).then((s) => callback(null, s))",
  "(r) => {\nsecond(r.name).then((s) => callback(null, s));\n}",
  "(r) => {\nreturn second(r.name).then((s) => {\ncallback(null, s);\n}).catch(callback);\n}",
  "({ name, ok }) => callback(null, [name, ok])",
  '() => callback(null, "ended")',
  "(r) => {\ncallback(null, r);\ncheck(r.name);\n}",
];

/** Functions given to `then` that pass something on. */
const PASSING: readonly string[] = [
  "(r) => r.name",
  "(r) => second(r.name)",
  "(r) => {\nreturn second(r.name);\n}",
  "(r) => {\nsecond(r.name);\n}",
  '(r) => {\nif (!r.ok) {\nthrow new Error("not ok");\n}\nreturn r;\n}',
  '(r) => {\nif (r.ok) {\nreturn second("early");\n}\nreturn third("late");\n}',
  '(r) => {\nconsole.info("pass");\nreturn r;\n}',
  "async (r) => {\nconst s = await second(r.name);\nreturn s.name;\n}",
  "(r) => second(r.name).then((s) => [r.name, s.name])",
  "(r) => Promise.all([second(r.name), third(r.name)])",
  "function (r) {\nreturn r.name;\n}",
  "second",
  "other",
  "null",
  '(r) => (r.ok ? second("yes") : "no")',
  "(r) => {\nvalue = r;\n}",
  "(r = 7) => r",
];

/** Functions given to `catch`, or to `then` as the second. */
const FAILING: readonly string[] = [
  "callback",
  "(e) => callback(e)",
  "(e) => {\ncallback(e);\n}",
  "(e) => callback(e, null)",
  '(e) => {\nconsole.error("failed", e.message);\ncallback(e);\n}',
  '(e) => callback(new Error("wrapped: " + e.message))',
  '() => callback(null, "fallback")',
  '(e) => callback("failed " + e.message)',
  "(e) => {\nthrow e;\n}",
  '() => "recovered"',
  '(e) => {\nconsole.error("failed", e.message);\n}',
  "function (e) {\nreturn callback(e);\n}",
];

const HEADS: readonly (readonly [boolean, (chain: string) => string])[] = [
  [false, (chain) => `first()${chain};`],
  [false, (chain) => `return first()${chain};`],
  [true, (chain) => `first()${chain};`],
  [true, (chain) => `return first()${chain};`],
  [true, (chain) => `await first()${chain};`],
  [false, (chain) => `first()${chain};\nnote("started");`],
  [false, (chain) => `const pending = first();\nnote("started");\npending${chain};`],
  [false, (chain) => `first()${chain};\ncallback(null, "at once");`],
  [true, (chain) => `try {\nfirst()${chain};\n} catch (e) {\ncallback(new Error("outer"));\n}`],
  [true, (chain) => `try {\nawait first()${chain};\n} catch (e) {\ncallback(new Error("outer"));\n}`],
];

const SIMPLE_HEADS = HEADS.slice(0, 6);

/** Declarations that a chain's handlers need; `other` is a promise where a function is expected. */
function setupOf(text: string): string {
  return text.includes("value = ") ? "let value;" : text.includes("(other") ? 'const other = second("other");' : "";
}

function chained(head: (typeof HEADS)[number], ...links: readonly string[]): Template {
  const [isAsync, write] = head;
  const chain = links.map((link) => `\n${link}`).join("");
  return template(isAsync, setupOf(chain), write(chain));
}

/** One link: `then` with one or two handlers. */
export function* oneLink(): Generator<Template> {
  for (const head of HEADS) {
    for (const ending of ENDING) {
      yield chained(head, `.then(${ending})`);
      for (const failing of FAILING) {
        yield chained(head, `.then(${ending}, ${failing})`);
      }
    }
  }
}

/** `then` and `catch`, in this order and in the other. */
export function* thenCatch(): Generator<Template> {
  for (const head of HEADS) {
    for (const ending of ENDING) {
      for (const failing of FAILING) {
        yield chained(head, `.then(${ending})`, `.catch(${failing})`);
        yield chained(head, `.catch(${failing})`, `.then(${ending})`);
      }
    }
  }
}

/** A value passed on, then the end, then the errors. */
export function* threeLinks(): Generator<Template> {
  for (const head of SIMPLE_HEADS) {
    for (const passing of PASSING) {
      for (const ending of ENDING.filter((_, index) => index % 3 === 0)) {
        for (const failing of FAILING.filter((_, index) => index % 2 === 0)) {
          yield chained(head, `.then(${passing})`, `.then(${ending})`, `.catch(${failing})`);
        }
      }
      for (const failing of FAILING) {
        yield chained(head, `.then(${passing})`, ".then((s) => callback(null, s))", `.catch(${failing})`);
        yield chained(head, `.then(${passing})`, `.catch(${failing})`, ".then((s) => callback(null, s))");
        yield chained(head, `.then(${passing}, ${failing})`, ".then((s) => callback(null, s))");
        yield chained(head, `.then(${passing})`, `.then((s) => callback(null, s), ${failing})`);
      }
    }
  }
}

const FINALIZERS: readonly string[] = [
  '() => console.info("finally")',
  '() => {\nnote("finally");\nreturn 99;\n}',
  '() => callback(null, "finally")',
  "() => second()",
  '() => {\nthrow new Error("finally");\n}',
];

/** `finally` at each place of a chain. */
export function* finallyLinks(): Generator<Template> {
  for (const head of SIMPLE_HEADS) {
    for (const finalizer of FINALIZERS) {
      for (const failing of FAILING) {
        const link = `.finally(${finalizer})`;
        const end = ".then((r) => callback(null, r))";
        yield chained(head, link, end, `.catch(${failing})`);
        yield chained(head, end, link, `.catch(${failing})`);
        yield chained(head, end, `.catch(${failing})`, link);
        yield chained(head, link, `.catch(${failing})`, end);
      }
    }
  }
}

const STARTS: readonly string[] = [
  "Promise.resolve(1)",
  "Promise.resolve()",
  'Promise.reject(new Error("start"))',
  "Promise.reject()",
  "Promise.all([first(), second()])",
  "Promise.race([first(), second()])",
  "Promise.allSettled([first(), second()])",
  "new Promise((resolve) => setTimeout(() => resolve(5), 1))",
  "new Promise((resolve, reject) => read((e, r) => (e ? reject(e) : resolve(r))))",
  "new Promise((resolve, reject) => first().then((r) => {\ncheck(r.name);\nresolve(r);\n}).catch(reject))",
];

/** Chains on promises other than an operation's. */
export function* otherStarts(): Generator<Template> {
  for (const start of STARTS) {
    for (const failing of FAILING) {
      for (const before of ["", "return ", "const p = "]) {
        yield template(false, `${before}${start}.then((r) => callback(null, r)).catch(${failing});`);
        yield template(false, `${before}${start}.then((r) => callback(null, r), ${failing});`);
        yield template(
          false,
          `${before}${start}.then((r) => {`,
          "check(r);",
          "callback(null, r);",
          `}).catch(${failing});`,
        );
      }
      yield template(
        true,
        lines("try {", `const r = await ${start};`, "callback(null, r);", "} catch (e) {", `(${failing})(e);`, "}"),
      );
    }
  }
}

/** Two chains next to each other, and chains inside branches. */
export function* severalChains(): Generator<Template> {
  for (const one of ENDING) {
    for (const failing of FAILING.slice(0, 8)) {
      const chain = lines(`first().then(${one})`, `.catch(${failing});`);
      yield template(false, chain, "second().then((s) => callback(null, s)).catch(callback);");
      yield template(false, "if (input.payload.bad) {", chain, "} else {", 'callback(new Error("good"));', "}");
      yield template(false, "if (input.payload.bad) {", 'callback(new Error("bad"));', "return;", "}", chain);
      yield template(false, "if (input.payload.bad) {", 'callback(new Error("bad"));', "}", chain);
      yield template(false, "for (const item of input.payload.items) {", chain, "}");
      yield template(true, "const z = await third();", chain);
      yield template(true, "const z = await third();", `return ${chain}`);
    }
  }
}
