import type * as ESTree from "estree";
import { packageForm } from "../../platform/packages.ts";
import { promiseMethods } from "../code/builtins.ts";
import { isFunction, rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import type { TraceEvent } from "../values/trace-events.ts";
import { trace } from "../values/trace.ts";
import { namesOf } from "./uses.ts";
import type { ModuleUse } from "./uses.ts";

/** A use of a package that another version, or its successor, does not take in the same way. */
export interface PackageChange {
  readonly node: Node;
  /** The beginning of a sentence. */
  readonly what: string;
}

/** A place where a file reads one name of a package; `member` is undefined where the name can't be known. */
export interface MemberRead {
  readonly member: string | undefined;
  /** The expression that gives the member: `luxon.DateTime`, or a read of `DateTime`. */
  readonly node: Node;
}

function memberRead(model: Model, module: Node): MemberRead {
  const parent = model.parentOf(module);
  return parent?.type === "MemberExpression" && parent.object === module
    ? { member: staticName(parent), node: parent }
    : { member: undefined, node: module };
}

/** Names that are taken from the module in a second step: `const { DateTime } = luxon;`, `const now = luxon.now;`. */
export function laterNames(model: Model, use: ModuleUse): ModuleUse[] {
  const variable = use.whole === undefined ? undefined : model.variableOf(use.whole);
  return (variable === undefined ? [] : readsOf(variable)).flatMap((read) => {
    const parent = model.parentOf(read);
    const taken = parent?.type === "MemberExpression" && parent.object === read ? parent : read;
    const declarator = model.parentOf(taken);
    if (declarator?.type !== "VariableDeclarator" || declarator.init !== taken) {
      return [];
    }
    const { id } = declarator;
    const member = taken.type === "MemberExpression" ? staticName(taken) : undefined;
    const single = id.type === "Identifier" && member !== undefined ? [{ imported: member, local: id }] : undefined;
    const names = taken === read && id.type === "ObjectPattern" ? namesOf(id) : single;
    return names === undefined ? [] : [{ source: use.source, node: use.node, declarator, whole: undefined, names }];
  });
}

/** All reads of the names of a package that come from one `require`. */
export function memberReads(model: Model, use: ModuleUse): MemberRead[] {
  return [...directReads(model, use), ...laterNames(model, use).flatMap((later) => directReads(model, later))];
}

/** The reads that stand for themselves, and are no declaration of a name. */
export function directReads(model: Model, use: ModuleUse): MemberRead[] {
  const declared = new Set(laterNames(model, use).map(({ declarator }) => declarator?.init));
  const readsOfName = (name: ESTree.Identifier): Node[] => {
    const variable = model.variableOf(name);
    return variable === undefined ? [] : readsOf(variable);
  };
  if (use.whole !== undefined) {
    return readsOfName(use.whole)
      .map((read) => ({ ...memberRead(model, read), read }))
      .filter(({ node, read }) => !declared.has(node as ESTree.Expression) && !declared.has(read as ESTree.Expression));
  }
  if (use.names === undefined) {
    return [memberRead(model, use.node)];
  }
  return use.names.flatMap(({ imported, local }) => readsOfName(local).map((node) => ({ member: imported, node })));
}

function keysOf(node: Node | undefined): string[] {
  return node?.type === "ObjectExpression"
    ? node.properties.flatMap((property) => (property.type === "Property" ? (staticName(property) ?? []) : []))
    : [];
}

function stringsIn(node: Node | undefined): string[] {
  if (node?.type === "ArrayExpression") {
    return node.elements.flatMap((element) => stringsIn(element ?? undefined));
  }
  return node?.type === "Literal" && typeof node.value === "string" ? [node.value] : [];
}

/** Midnight was 24:00 in 24-hour presets, and UTC had a long name. */
const CHANGED_IN_LUXON = /^(?:Info\.features|DateTime\.(?:TIME_24_|DATETIME_HUGE|TIME_WITH_LONG_OFFSET)\w*)$/u;
/** The same as tokens of `toFormat`: `T`, `TT` … and the longest form of the others. */
const CHANGED_TOKEN = /(?<![A-Za-z])(?:T+|t{4}|f{4}|F{4})(?![A-Za-z])/u;
const UNIT = /^(?:year|quarter|month|week|day|hour|minute|second|millisecond)s?$/u;

/** Settings that luxon 1 took among the values or formats, and luxon 3 takes in an argument of their own. */
const OPTIONS_OF_LUXON = new Set(["zone", "locale", "numberingSystem", "outputCalendar"]);

/** Why a call of a luxon method differs in luxon 3; the names and shapes belong to luxon alone. */
function luxonCallChange(
  name: string | undefined,
  { arguments: args }: ESTree.SimpleCallExpression,
): string | undefined {
  const [first, second] = args;
  const option = keysOf(first).find((key) => OPTIONS_OF_LUXON.has(key));
  const isMoved = name === "fromObject" || (name === "toLocaleString" && option !== "numberingSystem");
  if (isMoved && option !== undefined) {
    return `\`${name}\` gets \`${option}\` in its first argument`;
  }
  if (name === "toISO" && keysOf(first).includes("format")) {
    return "`toISO` gets a `format`";
  }
  if (name === "resolvedLocaleOpts") {
    return "`resolvedLocaleOpts` has another name";
  }
  if (name === "count" && stringsIn(first).some((unit) => UNIT.test(unit))) {
    return "`Interval#count` is used";
  }
  if (
    name === "toFormat" &&
    stringsIn(first).some((format) => CHANGED_TOKEN.test(format.replaceAll(/'[^']*'/gu, "'")))
  ) {
    return "`toFormat` gets a token that means something else";
  }
  const units = name === "diff" ? stringsIn(second) : name === "diffNow" ? stringsIn(first) : [];
  return units.some((unit) => /^quarters?$/u.test(unit)) ? "A difference is counted in quarters" : undefined;
}

function luxonChanges(model: Model, use: ModuleUse): PackageChange[] {
  const members = memberReads(model, use).flatMap(({ member, node }): PackageChange[] => {
    const inner = model.parentOf(node);
    if (member !== undefined && packageForm("luxon")?.names?.has(member) === false) {
      return [{ node, what: `\`${member}\` of luxon is used` }];
    }
    const name = `${String(member)}.${inner?.type === "MemberExpression" ? String(staticName(inner)) : ""}`;
    return CHANGED_IN_LUXON.test(name) ? [{ node, what: `\`${name}\` is used` }] : [];
  });
  const calls = model.nodes("CallExpression").flatMap((call): PackageChange[] => {
    const { callee } = call;
    const what = callee.type === "MemberExpression" ? luxonCallChange(staticName(callee), call) : undefined;
    return what === undefined ? [] : [{ node: call, what }];
  });
  return [...members, ...calls];
}

/** What jsforce 1 and 3 have in common, as a connection has it; measured. */
const CONNECTION_MEMBERS = new Set(
  `accessToken apex create del delete describe describeGlobal destroy identity insert instanceUrl login loginByOAuth2
  loginBySoap logout query queryMore refreshToken request requestDelete requestGet requestPatch requestPost requestPut
  retrieve search sobject update upsert userInfo version`.split(/\s+/u),
);
/** `findOne` fails in version 3 where no fields are named; events, streams and bulk jobs are others. */
const CHAIN_MEMBERS = new Set(
  `catch create del delete describe destroy exec execute finally find get include insert limit offset orderby patch post
  put retrieve select skip sort then update upsert where`.split(/\s+/u),
);

/** Why a chain of calls on a connection can't be known to be the same; undefined when it is awaited and known. */
function connectionProblem(model: Model, connection: Node): string | undefined {
  let current = connection;
  let isHeard = false;
  for (let depth = 0; ; depth += 1) {
    const member = model.parentOf(current);
    if (member?.type !== "MemberExpression" || member.object !== current) {
      return depth === 0 ? "The connection is handed on" : endProblem(model, current, isHeard);
    }
    const name = staticName(member);
    if (name === undefined || !(depth === 0 ? CONNECTION_MEMBERS : CHAIN_MEMBERS).has(name)) {
      return `\`${model.textOf(member.property)}\` of a connection is used`;
    }
    const call = model.parentOf(member);
    if (call?.type !== "CallExpression" || call.callee !== member) {
      current = member;
      if (name === "apex") {
        continue;
      }
      return call?.type === "AssignmentExpression" && call.left === member ? "The connection is changed" : undefined;
    }
    isHeard ||= promiseMethods.has(name);
    const values = call.arguments.slice(name === "login" ? 2 : 1);
    const isCallback = call.arguments.some(isFunction) || values.some((value) => mayBeFunction(model, value));
    if (isCallback && !promiseMethods.has(name)) {
      return `\`${name}\` gets a callback`;
    }
    current = call;
  }
}

/** False for what is surely no function: literals, and names that hold one. */
function mayBeFunction(model: Model, value: Node): boolean {
  const definition = value.type === "Identifier" ? model.variableOf(value)?.defs[0] : undefined;
  const held = definition?.type === "Variable" ? definition.node.init : value;
  return !/^(?:Object|Array|Binary)Expression$|Literal$/u.test(held?.type ?? "");
}

/** In version 3 a request is sent when its result is asked for. */
function endProblem(model: Model, end: Node, isHeard: boolean): string | undefined {
  const parent = model.parentOf(end);
  const isAwaited =
    parent?.type === "AwaitExpression" ||
    parent?.type === "ReturnStatement" ||
    parent?.type === "ArrayExpression" ||
    (parent?.type === "ArrowFunctionExpression" && parent.body === end);
  return isAwaited || isHeard || isAwaitedNext(model, end) ? undefined : "The result of a request is not awaited";
}

const EFFECTS = ["CallExpression", "NewExpression", "AwaitExpression", "TaggedTemplateExpression"] as const;

/** True for `pending = request` when the next thing that happens is `await pending`. */
function isAwaitedNext(model: Model, end: Node): boolean {
  const parent = model.parentOf(end);
  const isAssigned = parent?.type === "AssignmentExpression" && parent.operator === "=" && parent.right === end;
  const name = parent?.type === "VariableDeclarator" ? parent.id : isAssigned ? parent.left : undefined;
  const variable = name?.type === "Identifier" ? model.variableOf(name) : undefined;
  const [read, ...others] = variable === undefined ? [] : readsOf(variable);
  if (read === undefined || others.length > 0 || model.parentOf(read)?.type !== "AwaitExpression") {
    return false;
  }
  const [from, to] = [rangeOf(end)[1], rangeOf(read)[0]];
  return (
    model.functionOf(read) === model.functionOf(end) &&
    from < to &&
    EFFECTS.every((type) => model.nodes(type).every((node) => rangeOf(node)[0] < from || rangeOf(node)[1] > to))
  );
}

/** What happens to a connection that is as good in version 3. */
const HARMLESS: ReadonlySet<string> = new Set([
  "bind",
  "choice",
  "compare",
  "hold",
  "pass",
  "promise",
  "return",
  "test",
]);

/** Why a new connection can't be known to be used in the same way, wherever the file hands it on. */
function connectionChange(model: Model, event: TraceEvent<true>): PackageChange[] {
  const { node, type } = event;
  if (type === "unused" || (HARMLESS.has(type) && (!("isFollowed" in event) || event.isFollowed))) {
    return [];
  }
  const what = type === "write" ? "The connection is changed" : connectionProblem(model, node);
  return what === undefined ? [] : [{ node, what }];
}

function jsforceChanges(model: Model, use: ModuleUse): PackageChange[] {
  return memberReads(model, use).flatMap(({ member, node }): PackageChange[] => {
    const created = model.parentOf(node);
    const isNew = created?.type === "NewExpression" && created.callee === node;
    if (!isNew || member !== "Connection") {
      return [{ node, what: member === undefined ? "jsforce is used as a whole" : `\`${member}\` of jsforce is used` }];
    }
    const events = trace(model, [{ node: created, state: true as const }], {});
    return [...events].flatMap((event) => connectionChange(model, event));
  });
}

const FINDERS: ReadonlyMap<string, (model: Model, use: ModuleUse) => PackageChange[]> = new Map([
  ["luxon", luxonChanges],
  ["jsforce", jsforceChanges],
]);

/** The uses of a V1 package that V2's version does not take in the same way. */
export function packageChanges(model: Model, use: ModuleUse): PackageChange[] {
  return FINDERS.get(use.source)?.(model, use) ?? [];
}
