/** What an injected operation does when it is called. */
export type Behaviour = "ok" | "not ok" | "reject" | "reject with a text" | "reject with nothing" | "throw" | "hang";

/** When the operations answer: in the order of their starts, in the opposite order, or after one microtask. */
export type Timing = "in order" | "reversed" | "at once";

/** One possible world: what the operations do and what the function gets. */
export interface Scenario {
  readonly name: string;
  readonly operations: Readonly<Record<string, Behaviour>>;
  readonly timing: Timing;
  /** True when `check()`, a synchronous helper, throws. */
  readonly checkThrows: boolean;
  /** What `read(done)`, a Node-style operation, passes to `done`. */
  readonly read: readonly unknown[];
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Axis {
  /** What a program must mention for the axis to matter. */
  readonly mention: RegExp;
  readonly choices: readonly { readonly name: string; readonly change: Partial<Scenario> }[];
}

/** Names of the injected asynchronous operations. */
export const OPERATIONS = ["first", "second", "third"] as const;

const BASE: Scenario = {
  name: "",
  operations: {},
  timing: "in order",
  checkThrows: false,
  read: [null, "data"],
  payload: { bad: false, kind: "a", items: ["x", "y", "z"], error: undefined, name: "ann" },
};

function payload(name: string, field: string, value: unknown): { name: string; change: Partial<Scenario> } {
  return { name, change: { payload: { [field]: value } } };
}

const AXES: readonly Axis[] = [
  { mention: /payload\.bad/u, choices: [payload("", "bad", false), payload("bad", "bad", true)] },
  {
    mention: /payload\.kind/u,
    choices: [payload("", "kind", "a"), payload("kind b", "kind", "b"), payload("kind c", "kind", "c")],
  },
  { mention: /payload\.items/u, choices: [payload("", "items", ["x", "y", "z"]), payload("no items", "items", [])] },
  {
    mention: /payload\.error/u,
    choices: [
      payload("error undefined", "error", undefined),
      payload("error null", "error", null),
      payload("error 0", "error", 0),
      payload("error ''", "error", ""),
      payload("error 'text'", "error", "text"),
      payload("an Error", "error", Object.assign(new Error("from input"), { code: 7 })),
    ],
  },
  {
    mention: /\bcheck\(/u,
    choices: [
      { name: "", change: { checkThrows: false } },
      { name: "check throws", change: { checkThrows: true } },
    ],
  },
  {
    mention: /\bread\(/u,
    choices: [
      { name: "", change: { read: [null, "data"] } },
      { name: "read fails", change: { read: [new Error("read failed")] } },
      { name: "read gives undefined", change: { read: [undefined, "data"] } },
      { name: "read fails with 0", change: { read: [0, "data"] } },
      { name: "read fails with ''", change: { read: ["", "data"] } },
    ],
  },
];

function merge(base: Scenario, change: Partial<Scenario>, name: string): Scenario {
  return {
    ...base,
    ...change,
    name: [base.name, name].filter(Boolean).join(", "),
    operations: { ...base.operations, ...change.operations },
    payload: { ...base.payload, ...change.payload },
  };
}

function operationAxis(operation: string, text: string): Axis {
  const behaviours: Behaviour[] = /\.ok\b/u.test(text) ? ["ok", "not ok", "reject"] : ["ok", "reject"];
  return {
    mention: /(?:)/u,
    choices: behaviours.map((behaviour) => ({
      name: behaviour === "ok" ? "" : `${operation} ${behaviour}s`.replace("oks", "ok"),
      change: { operations: { [operation]: behaviour } },
    })),
  };
}

/** Operations that a program mentions, in their fixed order. */
export function operationsIn(text: string): string[] {
  return OPERATIONS.filter((operation) => new RegExp(`\\b${operation}\\b`, "u").test(text));
}

/** No operation of the platform rejects with nothing, so that worlds in which one does are an extra (`NOTHING=1`). */
const REJECT_WITH_NOTHING = process.env["NOTHING"] !== undefined;

/** The most scenarios of one program; beyond it the rarer combinations are left out. */
const LIMIT = 48;

/**
 * Lists the worlds in which a program is run: all combinations of what its operations and its input can be, and then
 * the rarer ones alone, each with everything else going well.
 */
export function scenariosOf(text: string): Scenario[] {
  const operations = operationsIn(text);
  const axes = [
    ...operations.map((operation) => operationAxis(operation, text)),
    ...AXES.filter(({ mention }) => mention.test(text)),
  ];
  let all: Scenario[] = [BASE];
  for (const { choices } of axes) {
    all = all.flatMap((scenario) => choices.map(({ name, change }) => merge(scenario, change, name)));
  }
  return [...all.slice(0, LIMIT), ...rareScenarios(operations)];
}

function rareScenarios(operations: readonly string[]): Scenario[] {
  const alone = (operation: string, behaviour: Behaviour): Scenario =>
    merge(BASE, { operations: { [operation]: behaviour } }, `${operation}: ${behaviour}`);
  const rare = operations.flatMap((operation) => [alone(operation, "throw"), alone(operation, "reject with a text")]);
  if (REJECT_WITH_NOTHING) {
    rare.push(...operations.map((operation) => alone(operation, "reject with nothing")));
  }
  const [first, ...others] = operations;
  if (first !== undefined) {
    rare.push(merge(BASE, { timing: "at once" }, "at once"));
    rare.push(merge(BASE, { timing: "at once", operations: { [first]: "reject" } }, `at once, ${first} rejects`));
  }
  if (first !== undefined && others.length > 0) {
    rare.push(...operations.map((operation) => alone(operation, "hang")));
    rare.push(merge(BASE, { timing: "reversed" }, "reversed"));
    rare.push(merge(BASE, { timing: "reversed", operations: { [first]: "reject" } }, `reversed, ${first} rejects`));
  }
  return rare;
}
