import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import { callLegacy, load } from "./client.ts";
import type { Combination } from "./combinations.ts";
import { judge } from "./explain.ts";
import type { Judgement } from "./explain.ts";
import { observe } from "./observe.ts";
import { RecordingServer } from "./server.ts";

/** What came of one combination. */
export interface Result {
  readonly combination: Combination;
  /** What the migration wrote; undefined when it refused. */
  readonly migrated: string | undefined;
  /** Why it was refused: the names of options, or ids of other reasons. */
  readonly refusedFor: readonly string[];
  readonly judgement: Judgement | undefined;
}

const INPUT = {
  payload: { method: "GET", text: "plain ü text", list: ["x"], headers: { "X-Own": "own" }, nested: { a: 1 } },
};

/** So many combinations at a time: enough to keep the connections busy. */
const AT_ONCE = 32;

function nameOf({ id, message }: { readonly id: string; readonly message: string }): string {
  return id === "http-option" ? (/`(\w+)`/u.exec(message)?.[1] ?? id) : id;
}

async function compare(
  combination: Combination,
  style: Style,
  server: RecordingServer,
  origin: string,
  tag: string,
): Promise<Result> {
  const { source } = combination;
  const { verdict, text, reasons, differences } = migrateSource("index.js", source, { style });
  if (verdict === "refused") {
    return { combination, migrated: undefined, refusedFor: reasons.map(nameOf), judgement: undefined };
  }
  if (verdict !== "migrated" || text.includes("HTTPClient")) {
    throw new Error(`The verdict is ${verdict}, and the text:\n${text}`);
  }
  const run = (side: string, invoke: (input: Readonly<Record<string, unknown>>) => Promise<unknown>) =>
    observe(
      () => invoke({ ...structuredClone(INPUT), base: `${origin}/${tag}${side}` }),
      () => server.receivedFor(`${tag}${side}`),
    );
  const [legacy, modern] = await Promise.all([
    run("before", (input) => callLegacy(load(source), input)),
    run("after", (input) => load(text, "strict")(input)),
  ]);
  const judgement = judge(
    { legacy, modern },
    differences.map(({ id }) => id),
  );
  return { combination, migrated: text, refusedFor: [], judgement };
}

/** Runs every combination before and after the migration, against a server of its own. */
export async function runMatrix(combinations: readonly Combination[], style: Style): Promise<Result[]> {
  const server = new RecordingServer();
  const origin = await server.start();
  const results: Result[] = [];
  try {
    for (let from = 0; from < combinations.length; from += AT_ONCE) {
      const some = combinations.slice(from, from + AT_ONCE);
      results.push(
        ...(await Promise.all(
          some.map((combination, index) => compare(combination, style, server, origin, `n${String(from + index)}`)),
        )),
      );
    }
  } finally {
    await server.stop();
  }
  return results;
}
