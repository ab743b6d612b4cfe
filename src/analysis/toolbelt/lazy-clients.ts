import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { returnsOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { isInside, isNullish, rangeOf } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import {
  followedCreations,
  isDeclaredBelowToolbelt,
  isForgettable,
  statementOf,
  testedIn,
} from "./assigned-clients.ts";
import { callsByName } from "./client-factories.ts";
import type { ClientCreation } from "./creations.ts";

/** A client that is created where it is first needed: `return client || (client = Toolbelt.HTTPClient());`. */
export interface LazyClient {
  readonly declarator: ESTree.VariableDeclarator;
  readonly variable: Variable;
  readonly creation: ClientCreation;
  /** What does nothing but create it when it is missing. */
  readonly statements: readonly Node[];
  /** Expressions that give it, and create it when it is missing. */
  readonly expressions: readonly Node[];
  /** Functions that do nothing but give it, and their calls. */
  readonly getters: readonly { readonly node: FunctionNode; readonly calls: readonly Node[] }[];
}

/** The declarator of a variable of the module that holds nothing at first. */
function emptyDeclarator(variable: Variable): ESTree.VariableDeclarator | undefined {
  const [definition, ...others] = variable.defs;
  const node = definition?.type === "Variable" && others.length === 0 ? definition.node : undefined;
  const isEmpty = node?.id.type === "Identifier" && (!node.init || isNullish(node.init));
  return isEmpty ? node : undefined;
}

/** Tells of the places of a variable what they do with the client in it. */
class LazyVariable {
  readonly statements = new Set<Node>();
  readonly expressions = new Set<Node>();
  readonly #model: Model;
  readonly #variable: Variable;
  /** What the variable is declared with. */
  readonly #missing: Node | null | undefined;

  constructor(
    model: Model,
    variable: Variable,
    { init }: ESTree.VariableDeclarator,
    assignments: readonly ESTree.AssignmentExpression[],
  ) {
    this.#model = model;
    this.#variable = variable;
    this.#missing = init;
    for (const assignment of assignments) {
      const whole = this.#wholeOf(assignment);
      const statement = statementOf(model, whole, variable);
      if (statement === undefined) {
        this.expressions.add(whole);
      } else {
        this.statements.add(statement);
      }
    }
  }

  isName(node: Node | undefined): boolean {
    return node?.type === "Identifier" && this.#model.variableOf(node) === this.#variable;
  }

  /** `client || (client = …)`, `client ? client : (client = …)`, or the assignment alone. */
  #wholeOf(assignment: ESTree.AssignmentExpression): Node {
    const parent = this.#model.parentOf(assignment);
    const isKept =
      (parent?.type === "LogicalExpression" && parent.operator !== "&&" && this.isName(parent.left)) ||
      (parent?.type === "ConditionalExpression" &&
        ((this.isName(parent.test) && this.isName(parent.consequent)) ||
          (this.isName(testedIn(parent.test, this.#missing)) && this.isName(parent.alternate))));
    return isKept ? parent : assignment;
  }

  /** The reads for which something must have created the client before. */
  get plainReads(): Node[] {
    const parts = [...this.statements, ...this.expressions];
    return readsOf(this.#variable).filter((read) => !parts.some((part) => isInside(read, part)));
  }

  /** True for a read that stands behind what creates the client, or where a test has found it. */
  isFilledAt(read: Node): boolean {
    const isBehindStatement = [...this.statements].some((statement) => {
      const block = this.#model.parentOf(statement);
      const isBehind = block?.type === "BlockStatement" && isInside(read, block) && isStandingBehind(read, statement);
      return isBehind && !this.#isHoisted(read, block);
    });
    return isBehindStatement || this.#isTestedAbove(read);
  }

  /** True in a function that may be called before the statement it stands behind has run. */
  #isHoisted(read: Node, block: Node): boolean {
    for (let node = this.#model.parentOf(read); node !== null && node !== block; node = this.#model.parentOf(node)) {
      if (node.type === "FunctionDeclaration") {
        return true;
      }
    }
    return false;
  }

  /** `if (client) { return client; }` */
  #isTestedAbove(read: Node): boolean {
    const owner = this.#model.functionOf(read);
    for (let node = read, above = this.#model.parentOf(read); above !== null && above !== owner;) {
      if (above.type === "IfStatement" && above.consequent === node && this.isName(above.test)) {
        return true;
      }
      [node, above] = [above, this.#model.parentOf(above)];
    }
    return false;
  }

  /** True for a function that takes nothing, and does nothing but give the client. */
  isGetter(node: FunctionNode): boolean {
    const { params, body } = node;
    return (
      params.length === 0 &&
      node.async !== true &&
      node.generator !== true &&
      (body.type !== "BlockStatement" || (this.#isGetting(body) && body.body.at(-1)?.type === "ReturnStatement")) &&
      returnsOf(this.#model, node).every(
        (value) => this.expressions.has(value) || (this.isName(value) && this.isFilledAt(value)),
      )
    );
  }

  /** True for code that only asks for the client, creates it and gives it. */
  #isGetting(node: Node): boolean {
    switch (node.type) {
      case "BlockStatement":
        return node.body.every((statement) => this.#isGetting(statement));
      case "IfStatement":
        return (
          this.statements.has(node) ||
          ((this.isName(node.test) || this.isName(testedIn(node.test, this.#missing))) &&
            this.#isGetting(node.consequent) &&
            (!node.alternate || this.#isGetting(node.alternate)))
        );
      case "ReturnStatement":
        return Boolean(node.argument);
      default:
        return this.statements.has(node) || isForgettable(this.#model, node);
    }
  }
}

function isStandingBehind(read: Node, statement: Node): boolean {
  return rangeOf(read)[0] >= rangeOf(statement)[1];
}

/** The assignments of a variable of the module, when it gets nothing but such clients. */
function assignmentsOf(
  model: Model,
  variable: Variable,
  creations: readonly ClientCreation[],
): readonly ESTree.AssignmentExpression[] | undefined {
  const writes = variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
  const assignments = writes.map(({ identifier }) => {
    const assignment = model.parentOf(identifier as Node);
    const isClient =
      assignment?.type === "AssignmentExpression" &&
      creations.some((each) => targetOf(model, each) === assignment.left);
    return isClient ? assignment : undefined;
  });
  return assignments.includes(undefined) ? undefined : assignments.flatMap((assignment) => assignment ?? []);
}

/** `client` in `client = …`, `client ??= …` and `client = client || …`. */
function targetOf(model: Model, { call }: ClientCreation): Node | undefined {
  const parent = model.parentOf(call);
  const isKept = parent?.type === "LogicalExpression" && parent.operator !== "&&" && parent.right === call;
  const above = isKept ? model.parentOf(parent) : parent;
  if (above?.type !== "AssignmentExpression" || !/^(?:\|\||\?\?)?=$/u.test(above.operator)) {
    return undefined;
  }
  const { left } = above;
  const variable = left.type === "Identifier" ? model.variableOf(left) : undefined;
  const isOwn = !isKept || (above.operator === "=" && model.variableOf(parent.left) === variable);
  return variable !== undefined && isOwn ? left : undefined;
}

function lazyClient(model: Model, variable: Variable, creations: readonly ClientCreation[]): LazyClient | undefined {
  const declarator = emptyDeclarator(variable);
  const [creation] = creations;
  const assignments = assignmentsOf(model, variable, creations);
  const isAlike = creations.every(
    ({ factory, call }) => factory === creation?.factory && call.arguments.length === 0 && !call.optional,
  );
  if (creation === undefined || declarator === undefined || assignments === undefined || !isAlike) {
    return undefined;
  }
  const lazy = new LazyVariable(model, variable, declarator, assignments);
  const owners = new Set(assignments.map((assignment) => model.functionOf(assignment)));
  const getters = [...owners].flatMap((node) => {
    const calls = node !== null && lazy.isGetter(node) ? callsByName(model, node) : undefined;
    return node === null || calls === undefined ? [] : [{ node, calls }];
  });
  const isElsewhere = (part: Node): boolean => !getters.some(({ node }) => isInside(part, node));
  const isSure =
    isDeclaredBelowToolbelt(model, creation, declarator) &&
    lazy.plainReads.every((read) => !isElsewhere(read) || lazy.isFilledAt(read));
  const statements = [...lazy.statements].filter(isElsewhere);
  const expressions = [...lazy.expressions].filter(isElsewhere);
  return isSure ? { declarator, variable, creation, statements, expressions, getters } : undefined;
}

/** Finds the clients of the V1 toolbelt whose calls have to be followed, and that are created where they are missing. */
export function findLazyClients(model: Model): LazyClient[] {
  const byVariable = new Map<Variable, ClientCreation[]>();
  for (const creation of followedCreations(model)) {
    const target = targetOf(model, creation);
    const variable = target === undefined ? undefined : model.variableOf(target);
    if (variable !== undefined) {
      byVariable.set(variable, [...(byVariable.get(variable) ?? []), creation]);
    }
  }
  return [...byVariable].flatMap(([variable, list]) => lazyClient(model, variable, list) ?? []);
}
