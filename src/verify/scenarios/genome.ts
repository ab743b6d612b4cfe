import type { Answer, CallAnswer, Scenario } from "../model.ts";
import type { Template } from "../proof.ts";
import type { Choices, Shapes } from "./values.ts";

/** What makes up a derived scenario, so that another can be made of it by one change. */
export interface Genome {
  /** What is special about it, as a clause that follows "when"; empty when all goes well. */
  readonly name: string;
  readonly input: Choices;
  readonly body: Choices;
  /** Whether every field that the function reads is in the input, whatever input was given. */
  readonly isFull: boolean;
  /** Whether the input has no headers. */
  readonly hasNoHeaders: boolean;
  /** Whether the answers are lists. */
  readonly isList: boolean;
  /** How many elements lists have, where not two. */
  readonly length: number;
  /** Whether the answers set cookies. */
  readonly hasCookies: boolean;
  /** The answer to every request. */
  readonly every: Answer | undefined;
  /** Answers by the number of the request. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What calls of the toolbelt's clients bring, by their number. */
  readonly callAnswers: Readonly<Record<number, CallAnswer>>;
  readonly missingSecrets: readonly string[];
  readonly emptySecrets: readonly string[];
  /** Secrets that can be read and not written. */
  readonly failingWrites: readonly string[];
  /** Secrets whose value is an object. */
  readonly jsonSecrets: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How often the function is called again with the same input. */
  readonly again: number;
}

/** The genome of a run in which all goes well. */
export const PLAIN: Genome = {
  name: "",
  input: {},
  body: {},
  isFull: false,
  hasNoHeaders: false,
  isList: false,
  length: 2,
  hasCookies: false,
  every: undefined,
  answers: {},
  callAnswers: {},
  missingSecrets: [],
  emptySecrets: [],
  failingWrites: [],
  jsonSecrets: [],
  env: {},
  again: 0,
};

/** The scenario that a genome stands for. */
export function scenarioOf(genome: Genome, shapes: Shapes, template: Template): Scenario {
  const body = shapes.object(genome.body, genome.length);
  const usual = inputOf(genome, shapes, template);
  const input = genome.hasNoHeaders && isObject(usual) ? { ...usual, headers: [] } : usual;
  const { missingSecrets, failingWrites, answers, again, env } = genome;
  return {
    ...template,
    name: genome.name === "" ? "all goes well" : genome.name,
    input,
    env: { ...template.env, ...env },
    missingSecrets: [...(template.missingSecrets ?? []), ...missingSecrets],
    ...(failingWrites.length > 0 && { failingWrites }),
    ...secretsOf(genome, body, shapes, template),
    responses: responsesOf(genome, body, template),
    overrides: answers,
    ...(Object.keys(genome.callAnswers).length > 0 && { callAnswers: genome.callAnswers }),
    ...(again > 0 && { later: Array.from({ length: again }, () => input) }),
  };
}

function responsesOf(
  { every, isList, hasCookies }: Genome,
  body: object,
  template: Template,
): NonNullable<Scenario["responses"]> {
  if (every !== undefined) return [every];
  const headers = { "set-cookie": ["seen=1; Path=/", "lang=en"] };
  return template.responses ?? [{ body: isList ? [body, { ...body, id: 8 }] : body, ...(hasCookies && { headers }) }];
}

function inputOf({ input, isFull, length }: Genome, shapes: Shapes, template: Template): unknown {
  const made = shapes.input(input, length);
  if (!("input" in template) || template.input === undefined) return made;
  const isChanged = isFull || Object.keys(input).length > 0;
  const isLength = length !== PLAIN.length;
  return isChanged ? overlaid(made, template.input, input, isLength) : template.input;
}

/**
 * The made value with what was given on top of it, but for the fields that were chosen.
 *
 * @param isLength whether the lists that were made have a length that was chosen
 */
function overlaid(made: unknown, given: unknown, choices: Choices, isLength: boolean): unknown {
  if (Array.isArray(made) && Array.isArray(given)) {
    const elements = isLength
      ? made.map((each: unknown, at): unknown => (at < given.length ? given[at] : each))
      : given;
    return elements.map((each: unknown): unknown => overlaid(made[0], each, choices, isLength));
  }
  const [madeText, givenText] = [jsonIn(made), jsonIn(given)];
  if (madeText !== undefined && givenText !== undefined)
    return JSON.stringify(overlaid(madeText, givenText, choices, isLength));
  if (!isObject(made) || !isObject(given)) return given;
  const names = Object.keys({ ...made, ...given });
  const entries = names.flatMap((name): [string, unknown][] => {
    if (Object.hasOwn(choices, name)) return Object.hasOwn(made, name) ? [[name, made[name]]] : [];
    if (!Object.hasOwn(given, name)) return [[name, made[name]]];
    return [[name, overlaid(made[name], given[name], choices, isLength)]];
  });
  return Object.fromEntries(entries);
}

/** The object that a text of JSON holds. */
function jsonIn(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    const held: unknown = JSON.parse(value);
    return isObject(held) ? held : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Secrets that the function takes apart are objects from the start; the others are where a scenario says so. */
function secretsOf(
  { jsonSecrets, emptySecrets }: Genome,
  value: object,
  shapes: Shapes,
  template: Template,
): Partial<Scenario> {
  const made = Object.fromEntries([
    ...jsonSecrets.map((key): [string, unknown] => [key, value]),
    ...emptySecrets.map((key): [string, unknown] => [key, ""]),
  ]);
  if (template.secrets !== undefined) return { secrets: { ...template.secrets, ...made } };
  const number = shapes.hasNumberSecrets ? { value: "7" } : "text";
  const others = shapes.hasObjectSecrets ? { value } : number;
  return { secrets: made, otherSecrets: others };
}
