import type { Scenario } from "../model.ts";

/** A further scenario of a case: what it gives replaces the same member of the case. */
export interface NamedScenario extends Omit<Scenario, "name" | "overrides"> {
  readonly name: string;
}

/**
 * The shape of `scenarios.json`; every member is optional:
 *
 *     {
 *       "input": { "headers": [], "payload": {} },
 *       "later": [{ "payload": { "second": "call of the same instance" } }],
 *       "env": { "API_URL": "https://api.example.com" },
 *       "secrets": { "token": "abc" },
 *       "missingSecrets": ["other"],
 *       "responses": [{ "method": "GET", "path": "/users", "status": 200, "headers": {}, "body": {} }],
 *       "derive": true,
 *       "scenarios": [{ "name": "blocked user", "input": { "payload": { "blocked": true } } }]
 *     }
 *
 * A response may also say `"url": "part of the address"`, `"reset": true` or `"delayMs": 20`. Of the responses that match a request each is used once
 * and the last one repeats; a request that none matches gets 200 and a small JSON object. With `secrets` only those
 * exist, without it every key has a value. `derive: false` leaves out the derived failures.
 */
export interface CaseScript extends Omit<Scenario, "name" | "overrides"> {
  readonly derive?: boolean;
  readonly scenarios?: readonly NamedScenario[];
}

const SHARED_KEYS = ["input", "later", "env", "secrets", "missingSecrets", "responses", "orchestratorBodies"] as const;
const RESPONSE_KEYS = ["method", "path", "url", "status", "headers", "body", "reset", "delayMs"];
const DEFAULT_INPUT = { headers: [], payload: {} };

/**
 * Checks the parsed content of a `scenarios.json`.
 *
 * @param where Named in errors, e.g. the file's path.
 * @throws An Error that names the member and what was expected there.
 */
export function readCaseScript(value: unknown, where: string): CaseScript {
  const script = expectObject(value, where);
  expectKeys(script, [...SHARED_KEYS, "derive", "scenarios"], where);
  checkShared(script, where);
  if (script["derive"] !== undefined && typeof script["derive"] !== "boolean") fail(`${where}.derive`, "true or false");
  for (const [index, entry] of expectArray(script["scenarios"], `${where}.scenarios`).entries()) {
    const place = `${where}.scenarios[${String(index)}]`;
    const scenario = expectObject(entry, place);
    expectKeys(scenario, [...SHARED_KEYS, "name"], place);
    if (typeof scenario["name"] !== "string" || scenario["name"] === "") fail(`${place}.name`, "a text");
    checkShared(scenario, place);
  }
  return value as CaseScript;
}

function checkShared(members: Record<string, unknown>, where: string): void {
  if (members["env"] !== undefined) {
    for (const [name, value] of Object.entries(expectObject(members["env"], `${where}.env`))) {
      if (typeof value !== "string") fail(`${where}.env.${name}`, "a text (environment variables are texts)");
    }
  }
  const { orchestratorBodies: bodies } = members;
  if (bodies !== undefined && bodies !== "text" && bodies !== "value")
    fail(`${where}.orchestratorBodies`, '"text" or "value"');
  expectArray(members["later"], `${where}.later`);
  if (members["secrets"] !== undefined) expectObject(members["secrets"], `${where}.secrets`);
  for (const [index, key] of expectArray(members["missingSecrets"], `${where}.missingSecrets`).entries()) {
    if (typeof key !== "string") fail(`${where}.missingSecrets[${String(index)}]`, "a text");
  }
  for (const [index, entry] of expectArray(members["responses"], `${where}.responses`).entries()) {
    const place = `${where}.responses[${String(index)}]`;
    const response = expectObject(entry, place);
    expectKeys(response, RESPONSE_KEYS, place);
    const { status, path } = response;
    const isStatus = typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599;
    if (status !== undefined && !isStatus) fail(`${place}.status`, "an HTTP status from 200 to 599");
    if (path !== undefined && !(typeof path === "string" && path.startsWith("/")))
      fail(`${place}.path`, 'a path that starts with "/"');
  }
}

function expectObject(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(where, "an object");
  return value as Record<string, unknown>;
}

function expectArray(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) fail(where, "a list");
  return value;
}

function expectKeys(value: Record<string, unknown>, known: readonly string[], where: string): void {
  const unknownKey = Object.keys(value).find((key) => !known.includes(key));
  if (unknownKey !== undefined) fail(`${where}.${unknownKey}`, `one of ${known.join(", ")} as the name`);
}

function fail(where: string, expected: string): never {
  throw new Error(`${where}: expected ${expected}.`);
}

/** The happy path of a case, then its named scenarios. */
export function givenScenarios(script: CaseScript): [Scenario, ...Scenario[]] {
  const { scenarios = [], ...rest } = script;
  const shared = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== "derive"));
  const base: Scenario = { input: DEFAULT_INPUT, ...shared, name: "happy path" };
  return [base, ...scenarios.map((extra) => ({ ...base, ...extra }))];
}
