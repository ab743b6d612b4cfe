import type { Runtime } from "../analysis/runtime/which-runtime.ts";

/** What a project says about its functions, as `settings.faas` of its ESLint configuration. */
export interface Settings {
  /** Names of handlers besides `lambda`. */
  readonly handlers: readonly string[];
  /** Exports of other packages that create clients, as `package#name`; `package#default` is the default export. */
  readonly clientFactories: readonly string[];
  /** The runtime of the functions; `auto` tells it from each file. */
  readonly runtime: Runtime | "auto";
}

const RUNTIMES: readonly unknown[] = ["auto", "v1", "v2"];

/** ESLint prints the stack of what stops it. Who has misspelt a setting needs the sentence, and nothing of our code. */
class SettingsError extends Error {
  override readonly name: string = "SettingsError";
  override readonly stack: string;

  constructor(sentence: string) {
    super(sentence);
    this.stack = sentence;
  }
}

function invalid(key: string, wanted: string): Error {
  return new SettingsError(`settings.faas.${key} of the ESLint configuration must be ${wanted}.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readNames(value: unknown, key: string, shape: RegExp, example: string): readonly string[] {
  if (value === undefined) {
    return [];
  }
  const isList = Array.isArray(value) && value.every((name) => typeof name === "string" && shape.test(name));
  if (!isList) {
    throw invalid(key, `a list such as ${example}`);
  }
  return value as string[];
}

function readRuntime(value: unknown = "auto"): Settings["runtime"] {
  if (!RUNTIMES.includes(value)) {
    throw invalid("runtime", '"auto", "v1" or "v2"');
  }
  return value as Settings["runtime"];
}

/** Each rule asks for them in each file, and a linter has one object of settings for many files. */
const known = new WeakMap<object, Settings>();

/**
 * Reads the shared settings of the plugin.
 *
 * @throws {Error} when a setting is unknown or has another shape; the message says what it must be
 */
export function readSettings(settings: unknown): Settings {
  const key = isRecord(settings) ? settings : undefined;
  const read = (key && known.get(key)) ?? settingsOf(settings);
  if (key !== undefined) known.set(key, read);
  return read;
}

function settingsOf(settings: unknown): Settings {
  const own: unknown = isRecord(settings) ? (settings["faas"] ?? {}) : {};
  if (!isRecord(own)) {
    throw new SettingsError("settings.faas of the ESLint configuration must be an object.");
  }
  const { handlers, clientFactories, runtime, ...others } = own;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw invalid(unknown, "left out: the settings are handlers, clientFactories and runtime");
  }
  return {
    handlers: readNames(handlers, "handlers", /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u, '["main"]'),
    clientFactories: readNames(
      clientFactories,
      "clientFactories",
      /^[^#]+#[^#]+$/u,
      '["pg#Pool", "redis#createClient"]',
    ),
    runtime: readRuntime(runtime),
  };
}
