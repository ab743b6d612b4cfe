import { afterAll, describe, expect, it } from "vitest";
import type { Answer, Scenario } from "../../src/verify/model.ts";
import type { DeclaredPlace, ProofReport } from "../../src/verify/proof.ts";
import { jobFor, testPool } from "./support.ts";

const pool = testPool(1, { wallMs: 60_000 });
afterAll(() => {
  pool.close();
});

/** The place of a text in another one, as a remark has it. */
function placeOf(id: string, part: string, text: string): DeclaredPlace {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return { id, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function prove(
  original: string,
  migrated: string,
  places: readonly DeclaredPlace[],
  given: readonly Scenario[],
): Promise<ProofReport> {
  return pool.prove(jobFor(original, migrated, { places, declared: DECLARED, given, derive: false, timeMs: 60_000 }));
}

/** A scenario for each payload and each way in which the first request fails. */
function scenariosWith(payloads: readonly object[], answers: readonly Answer[] = [{}]): Scenario[] {
  return payloads.flatMap((payload) =>
    answers.map((answer) => ({
      name: JSON.stringify([payload, answer]),
      input: { headers: [], payload },
      overrides: { 0: answer },
    })),
  );
}

const DECLARED = ["network-error-shape", "http-error-shape", "client-headers", "error-object", "listed-error"];

const REQUEST = `const { Toolbelt } = require("lp-faas-toolbelt");
const http = Toolbelt.HTTPClient();
async function lambda(input, callback) {
  try {
    callback(null, await http("https://api.example.com/", { json: true }));
  } catch (error) {
    BODY
  }
}`;

const FETCHED = `async function lambda(input) {
  try {
    const response = await fetch("https://api.example.com/", { headers: { accept: "application/json" } });
    const text = await response.text();
    let body = text;
    try { body = text === "" ? undefined : JSON.parse(text); } catch {}
    const { status: statusCode, headers } = response;
    if (!response.ok) throw Object.assign(new Error(\`\${statusCode} - \${JSON.stringify(body)}\`), {
      name: "StatusCodeError", statusCode, error: body, response: { statusCode, headers: Object.fromEntries(headers), body },
    });
    return body;
  } catch (error) {
    BODY
  }
}`;

describe("what the original reads of errors", () => {
  const body = `if (input.payload.whole) { callback(null, { ...error }); return; }
    if ((error.options || {}).uri) console.warn("a request");
    callback(null, error.cause && error.cause.code);`;
  const original = REQUEST.replace("BODY", body);
  const changed = body
    .replace("callback(null, { ...error }); return;", "return { ...error };")
    .replace(/callback\(null, (.*)\);$/u, "return $1;");
  const migrated = FETCHED.replace("BODY", changed);
  const [listed, options, cause] = [
    placeOf("listed-error", "error });", original),
    placeOf("error-read", "error.options ||", original),
    placeOf("error-read", "error.cause", original),
  ];

  const given = scenariosWith([{ whole: true }, {}], [{ status: 404, body: { code: 4 } }, { reset: true }]);

  it("is the same where it is declared", async () => {
    const report = await prove(original, migrated, [listed, options, cause], given);
    expect(report).toMatchObject({ kind: "same" });
    expect(report).toHaveProperty("declared", expect.arrayContaining(["listed-error", "error-read"]));
  });

  it("differs where it is declared at other places only", async () => {
    const report = await prove(original, migrated, [listed], given);
    expect(report).toMatchObject({ kind: "differs" });
  });

  it("differs where the result makes something else of the same errors", async () => {
    const other = migrated.replace("error.cause && error.cause.code", "error.cause && error.cause.message");
    expect(await prove(original, other, [listed, options, cause], given)).toMatchObject({ kind: "differs" });
    const lost = migrated.replace("return { ...error };", "return { statusCode: error.statusCode };");
    expect(await prove(original, lost, [listed, options, cause], given)).toMatchObject({ kind: "differs" });
  });
});

describe("writes that strict mode rejects", () => {
  const original = `function lambda(input, callback) {
  const frozen = Object.freeze({ total: 1 });
  const { word = "abc", kind } = input.payload;
  const fixed = "text";
  console.info(typeof this);
  if (kind === "sum") frozen.total += 2;
  if (kind === "list") [frozen.total] = [3];
  if (kind === "loop") for (frozen["total"] of [4]) console.info("on");
  if (kind === "gone") delete frozen.total;
  if (kind === "text") fixed[0] = word;
  callback(null, frozen.total);
}`;
  const migrated = original
    .replace("input, callback", "input")
    .replace(/callback\(null, (.*)\);/u, "return $1;")
    .replace("typeof this", '"object"')
    .replace("function", "async function");
  const place = placeOf("strict-writes", "frozen.total +=", original);

  const kinds = ["sum", "list", "loop", "gone", "text", "none"];
  const given = scenariosWith(kinds.map((kind) => ({ kind })));

  it("are the same where it is told", async () => {
    const report = await prove(original, migrated, [place], given);
    expect(report).toMatchObject({ kind: "same" });
    expect(report).toHaveProperty("declared", ["strict-writes"]);
  });

  it("differ where nothing is told", async () => {
    expect(await prove(original, migrated, [], given)).toMatchObject({ kind: "differs" });
  });

  it("explain nothing but what they throw", async () => {
    const caught = migrated.replace("frozen.total += 2;", "throw new TypeError('no');");
    expect(await prove(original, caught, [place], given)).toMatchObject({ kind: "differs" });
    const strict = migrated.replace('"object"', "typeof this");
    expect(await prove(original, strict, [place], given)).toMatchObject({ kind: "differs" });
  });
});

it("shows no code of its own in messages that cite the function", async () => {
  const given = scenariosWith([{}, { text: [] }]);
  const original = `function lambda(input, callback) { callback(null, (input.payload.text || "").split(",").length + lambda.toString().length * 0); }`;
  const migrated = `async function lambda(input) { return (input.payload.text || "").split(",").length; }`;
  expect(await prove(original, migrated, [], given)).toMatchObject({ kind: "same" });
  const other = migrated.replace('|| ""', "|| []");
  const report = await prove(original, other, [], given);
  expect(report.kind).toBe("differs");
  expect(JSON.stringify(report)).not.toContain("$faas");
});
