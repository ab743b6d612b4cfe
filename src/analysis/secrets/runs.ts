import type { Variable } from "eslint-scope";
import { isGlobalTaken } from "../code/names.ts";
import { walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";
import { followConstant } from "../values/constants.ts";
import { findSecretCalls, isGoneOnFailure, readStatementOf } from "./statements.ts";
import type { ReadStatement } from "./statements.ts";

/** Why a read can't run together with the one before it in the same block. */
export type ApartId =
  "needs-result" | "code-between" | "argument" | "same-secret" | "other-kind" | "visible-on-failure" | "promise-taken";

/** A read that must wait for the read before it. */
export interface Apart {
  readonly read: ReadStatement;
  readonly before: ReadStatement;
  readonly id: ApartId;
  /** The end of a sentence that begins with “The secret is read after the one before, because”. */
  readonly why: string;
}

/** Reads of one block that can run at the same time. */
export interface SecretRun {
  /** Two or more, in source order. */
  readonly reads: readonly [ReadStatement, ReadStatement, ...ReadStatement[]];
  /** Declarations of plain values between the reads, which can as well stand behind them all. */
  readonly between: readonly Node[];
}

export interface SecretRuns {
  readonly runs: readonly SecretRun[];
  readonly apart: readonly Apart[];
}

const REASONS: Readonly<Record<ApartId, string>> = {
  "needs-result": "it needs what was read or computed before",
  "code-between": "code between them does something",
  argument: "the name of the secret may change while the other is read",
  "same-secret": "both may be the same secret, and one of them asks for its newest value or is served from the cache",
  "other-kind": "one is declared with another keyword than the other",
  "visible-on-failure": "its variable can be seen when a later read fails",
  "promise-taken": "`Promise` means something else in this file",
};

/**
 * Finds the secret reads that follow each other in a block and don't need each other, and says of the others in the
 * same block why they must wait. Dependence is told by binding; a `try` of its own, a branch or a loop is a block of
 * its own.
 */
export function findSecretRuns(model: Model): SecretRuns {
  const calls = findSecretCalls(model);
  const runs: SecretRun[] = [];
  const apart: Apart[] = [];
  const lists: (readonly Node[])[] = [
    ...model.nodes("BlockStatement").map(({ body }) => body),
    ...model.nodes("SwitchCase").map(({ consequent }) => consequent),
  ];
  for (const list of calls.size < 2 ? [] : lists) {
    let current = new OpenRun();
    const close = (): void => {
      runs.push(...current.finish());
      current = new OpenRun();
    };
    for (const statement of list) {
      const read = readStatementOf(model, statement, calls);
      if (read === undefined) {
        current.pass(model, statement);
        continue;
      }
      const before = current.last;
      const id = before === undefined ? undefined : current.whyApart(model, read);
      if (before !== undefined && id !== undefined) {
        apart.push({ read, before, id, why: REASONS[id] });
      }
      if (id !== undefined) {
        close();
      }
      current.add(model, read);
    }
    close();
  }
  return { runs, apart };
}

/** A run as it grows. */
class OpenRun {
  readonly #reads: ReadStatement[] = [];
  /** Plain declarations between the reads that are joined. */
  readonly #between: Node[] = [];
  #waiting: Node[] = [];
  /** What the reads, and the declarations between and behind them, declare. */
  readonly #declared = new Set<Variable>();
  /** The variables that hold whole entries. */
  readonly #entries = new Set<Variable>();
  readonly #secrets = new ReadSecrets();
  #isBroken = false;

  get last(): ReadStatement | undefined {
    return this.#reads.at(-1);
  }

  add(model: Model, read: ReadStatement): void {
    this.#between.push(...this.#waiting);
    this.#waiting = [];
    this.#reads.push(read);
    this.#secrets.add(model, read);
    read.variables.forEach((variable) => this.#declared.add(variable));
    const { isEntry, member, target } = read;
    const entry = isEntry && member === undefined ? model.variableOf(target) : undefined;
    if (entry !== undefined && target.type === "Identifier") {
      this.#entries.add(entry);
    }
  }

  /** Takes note of a statement that is no read. */
  pass(model: Model, statement: Node): void {
    if (this.last !== undefined) {
      this.#isBroken ||= !isPlainDeclaration(model, statement, this.#entries);
      this.#waiting.push(statement);
      if (statement.type === "VariableDeclaration") {
        model.scopeManager.getDeclaredVariables(statement).forEach((each) => this.#declared.add(each));
      }
    }
  }

  finish(): SecretRun[] {
    const [first, second, ...others] = this.#reads;
    return first === undefined || second === undefined
      ? []
      : [{ reads: [first, second, ...others], between: this.#between }];
  }

  whyApart(model: Model, read: ReadStatement): ApartId | undefined {
    const { last } = this;
    const declared = this.#declared;
    if (this.#isBroken) {
      return "code-between";
    }
    if (last?.keyword !== read.keyword) {
      return "other-kind";
    }
    if (usesAny(model, read.call, declared) || read.variables.some((variable) => declared.has(variable))) {
      return "needs-result";
    }
    if (!isUnchangedMeanwhile(model, read.call)) {
      return "argument";
    }
    if (this.#secrets.mayHold(model, read)) {
      return "same-secret";
    }
    if (!isGoneOnFailure(model, last) || !isGoneOnFailure(model, read)) {
      return "visible-on-failure";
    }
    return isGlobalTaken(model, read.call, "Promise") ? "promise-taken" : undefined;
  }
}

/** `const name = "x";`, `const user = secret.value;`: it does nothing, and gives the same a little later. */
function isPlainDeclaration(model: Model, statement: Node, entries: ReadonlySet<Variable>): boolean {
  return (
    statement.type === "VariableDeclaration" &&
    statement.kind !== "var" &&
    statement.declarations.every(({ id, init }) => {
      const isOfEntry =
        init?.type === "MemberExpression" &&
        !init.computed &&
        init.object.type === "Identifier" &&
        entries.has(model.variableOf(init.object) as never);
      const isPlain = !init || isOfEntry || (isPure(model, init) && isUnchangedMeanwhile(model, init));
      return id.type === "Identifier" && isPlain;
    })
  );
}

function usesAny(model: Model, node: Node, variables: ReadonlySet<Variable>): boolean {
  let found = false;
  walk(node, (part) => {
    const variable = part.type === "Identifier" ? model.variableOf(part) : undefined;
    found ||= variable !== undefined && variables.has(variable);
    return true;
  });
  return found;
}

/** No other function can change what the expression names while a read is under way. */
export function isUnchangedMeanwhile(model: Model, node: Node): boolean {
  const own = model.functionOf(node);
  let isUnchanged = true;
  walk(node, (part) => {
    const variable = part.type === "Identifier" ? model.variableOf(part) : undefined;
    isUnchanged &&=
      variable === undefined ||
      isConstant(variable) ||
      (variable.scope.variableScope.block === own &&
        variable.references.every((reference) => !reference.isWrite() || reference.from.variableScope.block === own));
    return true;
  });
  return isUnchanged;
}

/** The secrets of some reads. Two reads of one secret give the same only one after the other: the second is served from the cache, or is newer. */
class ReadSecrets {
  /** The names that the code shows. */
  readonly #keys = new Set<string>();
  /** What stands for the names: of all reads, and of those whose names the code does not show. */
  readonly #names = new Set<string>();
  readonly #unknownNames = new Set<string>();
  /** Whether one of all reads, or of those, has options. */
  #hasOptions = false;
  #hasUnknownOptions = false;

  add(model: Model, read: ReadStatement): void {
    const name = nameText(model, read);
    this.#names.add(name);
    this.#hasOptions ||= read.hasOptions;
    if (read.key !== undefined) {
      this.#keys.add(read.key);
      return;
    }
    this.#unknownNames.add(name);
    this.#hasUnknownOptions ||= read.hasOptions;
  }

  /** True when the secret of a read may be one of these. Of a name that the code does not show, options leave it open. */
  mayHold(model: Model, read: ReadStatement): boolean {
    const name = nameText(model, read);
    if (read.key !== undefined) {
      const isOpen = this.#unknownNames.size > 0 && (read.hasOptions || this.#hasUnknownOptions);
      return this.#keys.has(read.key) || isOpen || this.#unknownNames.has(name);
    }
    return this.#names.size > 0 && (read.hasOptions || this.#hasOptions || this.#names.has(name));
  }
}

/** What stands for the name of the secret, once constants are followed. */
function nameText(model: Model, { keyNode }: ReadStatement): string {
  return keyNode === undefined ? "" : model.textOf(followConstant(model, keyNode));
}
