import { tokenizer } from "acorn";
import { keysOf, rangeOf, walk } from "../../src/analysis/code/tree.ts";
import type { Node, Range } from "../../src/analysis/code/tree.ts";
import type { Random } from "./random.ts";
import { isProgram, parseEither } from "./programs.ts";

/*
 * Mutants: what becomes of a function by a slip of the hand, or of a person who writes on. Some are nonsense, and many
 * are what nobody thought of.
 */

/** Texts of one kind that stand in the place of each other. */
interface Parts {
  readonly tokens: readonly Range[];
  readonly statements: readonly Range[];
  readonly expressions: readonly Range[];
  readonly names: readonly Range[];
  /** Lists: arguments, elements, properties, parameters, declarators, cases. */
  readonly lists: readonly (readonly Range[])[];
}

type Mutation = (text: string, parts: Parts, random: Random) => string | undefined;

const LIST_KEYS = new Set(["arguments", "elements", "properties", "params", "declarations", "cases", "expressions"]);
const PATTERN_PARENTS = new Set(["AssignmentPattern", "ArrayPattern", "ObjectPattern", "RestElement", "CatchClause"]);

function listsOf(node: Node): Range[][] {
  return keysOf(node.type).flatMap((key) => {
    const value: unknown = Reflect.get(node, key);
    const items = LIST_KEYS.has(key) && Array.isArray(value) ? (value as readonly (Node | null)[]) : [];
    const ranges = items.flatMap((item) => (item === null ? [] : [rangeOf(item)]));
    return ranges.length > 0 ? [ranges] : [];
  });
}

/** True where any other expression could stand. */
function isExpression(node: Node, parent: Node | null): boolean {
  if (parent === null || !/(?:Expression|Literal|Identifier)$/u.test(node.type)) return false;
  if (PATTERN_PARENTS.has(parent.type) || (parent.type === "VariableDeclarator" && parent.id === node)) return false;
  if ("params" in parent && (parent.params as readonly Node[]).includes(node)) return false;
  if (parent.type === "AssignmentExpression" && parent.left === node) return false;
  if (parent.type === "MemberExpression" && parent.property === node && !parent.computed) return false;
  return !("id" in parent && parent.id === node) && !("key" in parent && parent.key === node && !parent.computed);
}

function partsOf(text: string): Parts {
  const parts = { statements: [] as Range[], expressions: [] as Range[], names: [] as Range[], lists: [] as Range[][] };
  walk(parseEither(text, { ecmaVersion: 2024, ranges: true }), (node, parent) => {
    if (/(?:Statement|Declaration)$/u.test(node.type) && parent !== null && !("init" in parent)) {
      parts.statements.push(rangeOf(node));
    }
    if (isExpression(node, parent)) parts.expressions.push(rangeOf(node));
    if (node.type === "Identifier") parts.names.push(rangeOf(node));
    parts.lists.push(...listsOf(node));
    return true;
  });
  const tokens: Range[] = [];
  for (const { start, end } of tokenizer(text, { ecmaVersion: 2024, allowHashBang: true })) {
    tokens.push([start, end]);
  }
  return { ...parts, tokens };
}

function put(text: string, [start, end]: Range, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function swap(text: string, one: Range, other: Range): string | undefined {
  const [first, second] = one[0] <= other[0] ? [one, other] : [other, one];
  if (first[1] > second[0]) return undefined;
  return put(put(text, second, text.slice(...first)), first, text.slice(...second));
}

/** Writes something else over one of the parts; HERE is what stood there, OTHER is another part of the same kind. */
function rewriting(kind: "tokens" | "statements" | "expressions" | "names", forms: readonly string[]): Mutation {
  return (text, parts, random) => {
    const [place, other, form] = [random.of(parts[kind]), random.of(parts[kind]), random.of(forms)];
    if (place === undefined || other === undefined || form === undefined) return undefined;
    const filled = form.split("HERE").join(text.slice(...place));
    return put(text, place, filled.split("OTHER").join(text.slice(...other)));
  };
}

function swapping(kind: "tokens" | "statements" | "expressions"): Mutation {
  return (text, parts, random) => {
    const [one, other] = [random.of(parts[kind]), random.of(parts[kind])];
    return one === undefined || other === undefined ? undefined : swap(text, one, other);
  };
}

const listMutation: Mutation = (text, { lists }, random) => {
  const list = random.of(lists);
  const index = list === undefined ? 0 : Math.floor(random.next() * list.length);
  const item = list?.[index];
  if (list === undefined || item === undefined) return undefined;
  const here = text.slice(...item);
  const forms = [`${here}, ${here}`, `...${here}`, `${here},`, `...[${here}]`, `extra, ${here}`, `${here} = 1`];
  const next = list[index + 1];
  if (random.next() < 0.4) {
    const whole: Range = next === undefined ? [list[index - 1]?.[1] ?? item[0], item[1]] : [item[0], next[0]];
    return put(text, whole, "");
  }
  return put(text, item, random.of(forms) ?? here);
};

const TOKENS = "await async return ( ) { } [ ] , ; . ?. ?? => = == + ! ... null undefined this 0 callback input".split(
  " ",
);

const STATEMENTS = [
  "OTHER",
  "OTHER\nHERE",
  "HERE\nHERE",
  "if (input.payload.x) { HERE }",
  "if (input.payload.x) HERE else { OTHER }",
  "try { HERE } catch (error) { callback(error); }",
  "try { HERE } catch { OTHER }",
  "try { HERE } finally { OTHER }",
  "for (const item of [1, 2]) { HERE }",
  "while (input.payload.x) { HERE }",
  "outer: do { HERE if (input) continue outer; break outer; } while (false);",
  "switch (input.payload.x) { case 1: HERE default: OTHER }",
  "(async () => { HERE })();",
  "(function () { HERE }).call(this);",
  "setTimeout(() => { HERE }, 1);",
  "[1].forEach((item) => { HERE });",
  "Promise.resolve().then(async () => { HERE });",
  "{ HERE }",
  "return callback(null, 1); HERE",
  "await null; HERE",
  "HERE throw new Error('late');",
  "",
  ";",
];

const EXPRESSIONS = [
  "OTHER",
  "(HERE, OTHER)",
  "await (HERE)",
  "(() => (HERE))()",
  "(async () => (HERE))",
  "function () { return (HERE); }",
  "(HERE)?.x",
  "(HERE).x.y",
  "(HERE)[OTHER]",
  "(HERE)(OTHER)",
  "new (HERE)(OTHER)",
  "[HERE]",
  "[HERE][0]",
  "{ a: HERE }",
  "({ ...(HERE) })",
  "({ a: HERE }).a",
  "void (HERE)",
  "typeof (HERE)",
  "!(HERE)",
  "((HERE) || null)",
  "((HERE) ?? OTHER)",
  "((HERE) && OTHER)",
  "((OTHER) ? (HERE) : null)",
  "Promise.all([HERE, OTHER])",
  "Promise.resolve(HERE).then((value) => value)",
  "Object.assign({}, HERE)",
  "JSON.parse(JSON.stringify(HERE))",
  "`x${HERE}y`",
  "(held = HERE)",
  "(HERE).bind(null)",
  "(HERE).call(null, OTHER)",
  "(class { static x = (HERE) }).x",
  "undefined",
  "null",
  "''",
  "0",
  "1n",
  "/x/u",
  "this",
  "arguments",
  "callback",
  "input",
  "require",
  "process.env",
];

const MUTATIONS: readonly Mutation[] = [
  rewriting("tokens", ["", "HERE HERE", "OTHER", ...TOKENS, ...TOKENS.map((token) => `HERE ${token}`)]),
  swapping("tokens"),
  rewriting("names", ["OTHER", "OTHER", "callback", "lambda", "constructor", "__proto__", "arguments", "undefined"]),
  rewriting("statements", STATEMENTS),
  rewriting("statements", STATEMENTS),
  swapping("statements"),
  rewriting("expressions", EXPRESSIONS),
  rewriting("expressions", EXPRESSIONS),
  swapping("expressions"),
  listMutation,
];

/** Tries until something else comes out; what is no JavaScript is seldom taken. */
const ATTEMPTS = 6;

/** A mutant of a source, often one of several steps. */
export function mutate(source: string, random: Random): string {
  let text = source;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const mutated = random.of(MUTATIONS)?.(text, partsOf(text), random);
    if (mutated === undefined || mutated === text) continue;
    if (!isProgram(mutated)) {
      if (random.next() < 0.1) return mutated;
      continue;
    }
    text = mutated;
    if (random.next() < 0.6) return text;
  }
  return text;
}
