import fc from "fast-check";
import { fileOf } from "./generator.ts";
import { lines } from "./layout.ts";
import { containers, leaves, tails } from "./shapes/nested.ts";
import { positions, settleCalls, sideEffects } from "./templates.ts";

const WAITS = ["await first();", "await second(1);", "first();", "const nested = await second(2);"] as const;

/** Declares the names of a statement in a block of their own, so that statements can be put next to each other. */
function scoped(statement: string): string {
  return /^(?:const|let|async function) /mu.test(statement) ? lines("{", statement, "}") : statement;
}

function fitting(statement: string): boolean {
  return !statement.startsWith('return callback(null, "else")');
}

/**
 * Random handlers: the templates of the enumeration, but longer and deeper. Shrinks to fewer and flatter statements.
 *
 * @returns file texts
 */
export function programTexts(): fc.Arbitrary<string> {
  const call = fc.constantFrom(...settleCalls);
  const settling = fc.tuple(fc.constantFrom(...positions), call).map(([position, text]) => position(text));
  const simple = fc.oneof(
    fc.constantFrom(...sideEffects),
    fc.constantFrom(...WAITS),
    fc.constantFrom(...leaves),
    settling.filter(fitting),
  );
  const { statement } = fc.letrec<{ statement: string; list: string }>((tie) => ({
    statement: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      simple.map(scoped),
      fc.tuple(fc.constantFrom(...containers), tie("list")).map(([container, inner]) => scoped(container(inner))),
    ),
    list: fc.array(tie("statement"), { minLength: 1, maxLength: 3 }).map((statements) => lines(...statements)),
  }));
  return fc
    .record({
      statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
      tail: fc.constantFrom(...tails),
      areDeclared: fc.boolean(),
    })
    .map(({ statements, tail, areDeclared }) =>
      fileOf({ body: lines(...statements, tail), isAsync: true }, areDeclared),
    );
}
