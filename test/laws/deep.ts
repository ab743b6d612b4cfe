/** Code of one shape, nested or repeated so many times. */
export type Shape = (count: number) => string;

const nested =
  (open: string, inside: string, close: string): Shape =>
  (count) =>
    `${open.repeat(count)}${inside}${close.repeat(count)}`;
const chained =
  (start: string, part: string): Shape =>
  (count) =>
    `${start}${part.repeat(count)};`;
const numbered = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join("");

/** Statements whose syntax tree gets deeper with the number. */
export const shapes: Readonly<Record<string, Shape>> = {
  "else if": (count) => `if (a) { x(); }${numbered(count, (index) => ` else if (a === ${String(index)}) { x(); }`)}`,
  "else if that calls back": (count) =>
    `if (a) { callback(null); }${numbered(count, (index) => ` else if (a === ${String(index)}) { callback(null, ${String(index)}); }`)}`,
  members: chained("a", ".b"),
  "optional members": chained("a", "?.b"),
  calls: chained("a", "(1)"),
  "promise chain": chained("p()", ".then((r) => r)"),
  "promise chain that calls back": (count) =>
    `p()${".then((r) => r)".repeat(count)}.then((r) => callback(null, r), callback);`,
  "tagged templates": chained("a", "`x`"),
  ternaries: (count) => `x = ${numbered(count, (index) => `a === ${String(index)} ? ${String(index)} : `)}0;`,
  additions: chained("x = 1", " + a"),
  "string concatenation": chained('x = "a"', ' + "b"'),
  conjunctions: chained("x = a", " && a"),
  powers: chained("x = 1", " ** 1"),
  assignments: nested("a = ", "1;", ""),
  negations: nested("!", "a;", ""),
  news: nested("new ", "X;", ""),
  awaits: nested("await ", "p();", ""),
  arrays: nested("[", "", "]"),
  "arrays that spread": nested("[...", "a", "]"),
  objects: (count) => `x = ${nested("{ a: ", "1", " }")(count)};`,
  arguments: nested("a(", "", ")"),
  parentheses: nested("(", "1", ")"),
  templates: nested("`${", "1", "}`"),
  patterns: (count) => `const ${nested("[", "z", "]")(count)} = a;`,
  blocks: nested("{ ", "x();", " }"),
  functions: nested("function g() { ", "", " }"),
  "function expressions": (count) => `x = ${nested("function () { return ", "1", "; }")(count)};`,
  "arrow functions": (count) => `x = ${nested("() => ", "1", "")(count)};`,
  classes: nested("class A { m() { ", "", " } }"),
  "extended classes": (count) => `x = ${nested("class extends ", "Object", " {}")(count)};`,
  ifs: nested("if (a) ", "x();", ""),
  loops: nested("for (;;) ", "x();", ""),
  "do loops": nested("do ", "x();", " while (a);"),
  labels: (count) => `${numbered(count, (index) => `l${String(index)}: `)}x();`,
  switches: nested("switch (a) { case 1: ", "x();", " }"),
  tries: nested("try { ", "x();", " } catch (e) { callback(e); }"),
  "array methods": nested("[1].forEach((i) => { ", "x();", " });"),
};
