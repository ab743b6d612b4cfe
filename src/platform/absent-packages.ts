import { requestPackages } from "./packages.ts";
import { legacyToolbelt, modernToolbelt } from "./toolbelt.ts";

const FETCH = "`fetch`, which is built into V2";
const LUXON = "`luxon`";
const HELPERS = "`es-toolkit`";
const BUILT_IN = "what Node.js 22 has built in";
const HTTP_API = "the HTTP API of the service, with `fetch`";

/**
 * Packages that are used in functions again and again and that V2 does not have, with what takes their place.
 * Source: the packages that the command line of V2 2.0.6-beta and its toolbelt bring along; a function can't bring others.
 */
const ABSENT: ReadonlyMap<string, string> = new Map([
  [legacyToolbelt, `\`${modernToolbelt}\``],
  ["jsforce", "`@jsforce/jsforce-node`"],
  ...of(FETCH, [
    ...requestPackages,
    "axios",
    "bent",
    "cross-fetch",
    "got",
    "isomorphic-fetch",
    "ky",
    "needle",
    "node-fetch",
    "phin",
    "superagent",
    "unfetch",
  ]),
  ...of(LUXON, ["date-fns", "dayjs", "moment", "moment-timezone"]),
  ...of(HELPERS, ["lodash-es", "ramda", "rambda", "underscore"]),
  ...of(BUILT_IN, [
    "async",
    "bluebird",
    "crypto-js",
    "delay",
    "form-data",
    "nanoid",
    "p-map",
    "p-retry",
    "q",
    "qs",
    "query-string",
  ]),
  ...of("environment variables, which the platform sets", ["config", "dotenv"]),
  ...of("`console`, whose entries the platform keeps", ["bunyan", "log4js", "pino", "winston"]),
  ...of("a check of your own", ["ajv", "joi", "yup", "zod"]),
  ...of(HTTP_API, [
    "aws-sdk",
    "googleapis",
    "mongodb",
    "mysql",
    "mysql2",
    "nodemailer",
    "pg",
    "redis",
    "stripe",
    "twilio",
  ]),
]);

/** All packages of these scopes. */
const ABSENT_SCOPES: readonly string[] = ["@aws-sdk", "@azure", "@google-cloud", "@sendgrid", "@slack"];

/** What takes the place of a package that V2 does not have; undefined for one that it has, or of which nothing is known. */
export function insteadOf(source: string): string | undefined {
  const [scope = "", name] = source.split("/");
  const whole = scope.startsWith("@") && name !== undefined ? `${scope}/${name}` : scope;
  return ABSENT.get(source) ?? ABSENT.get(whole) ?? (ABSENT_SCOPES.includes(scope) ? HTTP_API : undefined);
}

function of(instead: string, names: readonly string[]): [string, string][] {
  return names.map((name) => [name, instead]);
}
