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

describe("what the platform itself does otherwise", () => {
  const LEGACY = `const { Toolbelt } = require("lp-faas-toolbelt");
const http = Toolbelt.HTTPClient();
const secrets = Toolbelt.SecretClient();
`;
  const MODERN = `import { Toolbelt } from "core-functions-toolbelt";
const secrets = Toolbelt.SecretClient();
`;
  const SECRETS = `try {
    const entry = await secrets.readSecret("token", { useCache: false });
    entry.value = "new";
    const updated = await secrets.updateSecret(entry);
    ANSWER
  } catch (error) { FAILURE }`;
  const RETRY = `for (let tries = 1; ; tries += 1) {
    try { ANSWER } catch (error) { if (tries === 3) { FAILURE } console.warn("again", tries); }
  }`;
  const SEND = `const response = await fetch("https://api.example.com/orders", {
    method: "METHOD", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ id: 7 }),
  });
  if (!response.ok) throw new Error(\`Request failed with status \${response.status}\`);
  return { order: await response.json(), tries };`;
  const post = (method: string): string =>
    `return callback(null, { order: await http({ uri: "https://api.example.com/orders", method: "${method}", json: true, body: { id: 7 } }), tries });`;

  const filled = (frame: string, answer: string, failure: string): string =>
    frame.replace("ANSWER", () => answer).replace("FAILURE", () => failure);
  const proveWays = (frame: string, legacy: string, modern: string, ways: readonly string[]): Promise<ProofReport> =>
    pool.prove(
      jobFor(
        `${LEGACY}async function lambda(input, callback) { ${filled(frame, legacy, "return callback(error);")} }`,
        `${MODERN}async function lambda(input) { ${filled(frame, modern, "throw error;")} }`,
        {
          declared: [...DECLARED, "secret-error-shape", "plain-status-error", "accept-not-sent", ...ways],
          timeMs: 60_000,
        },
      ),
    );

  const same = (word: string): string => `return { ${word}: updated === entry, value: updated.value };`;
  const inLegacy = (text: string): string => text.replace(/return (.*);/u, "return callback(null, $1);");

  it.each([
    ["the entry that an update gives", SECRETS, inLegacy(same("isSame")), same("isSame"), ["secret-update"]],
    ...["POST", "PUT"].map((method): [string, string, string, string, string[]] => [
      `a ${method} that is tried again, behind a redirect and broken JSON`,
      RETRY,
      post(method),
      SEND.replace("METHOD", method),
      ["redirects-followed", "strict-json"],
    ]),
  ])("counts: %s", async (_what, frame, legacy, modern, ways) => {
    const report = await proveWays(frame, legacy, modern, ways);
    expect(report).toMatchObject({ kind: "same", differences: [] });
    expect(report).toHaveProperty("declared", expect.arrayContaining(ways));
    for (const way of ways) {
      const others = ways.filter((other) => other !== way);
      expect(await proveWays(frame, legacy, modern, others)).toMatchObject({ kind: "differs" });
    }
  });

  it("hides no fault beside it", async () => {
    const ways = ["secret-update", "redirects-followed", "strict-json"];
    const otherName = await proveWays(SECRETS, inLegacy(same("isSame")), same("same"), ways);
    expect(otherName).toMatchObject({ kind: "differs" });
    const oneMore = SEND.replace("METHOD", "POST").replace("tries };", "tries: tries + 1 };");
    expect(await proveWays(RETRY, post("POST"), oneMore, ways)).toMatchObject({ kind: "differs" });
  });
});
