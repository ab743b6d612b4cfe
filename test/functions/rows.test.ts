import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { staticName } from "../../src/analysis/code/tree.ts";
import { followedClients, methodCallOf } from "../../src/analysis/toolbelt/client-trail.ts";
import { environmentOf } from "../../src/analysis/runtime/environment.ts";
import { findHttpCalls } from "../../src/analysis/http/calls.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { findModuleUses } from "../../src/analysis/modules/uses.ts";
import { SourceSyntaxError, parseSource } from "../../src/analysis/code/parse.ts";
import { callbackRequests } from "../../src/analysis/toolbelt/salesforce.ts";
import { toolbeltUseOf } from "../../src/analysis/toolbelt/creations.ts";
import { removedVariables, renamedVariables } from "../../src/platform/environment.ts";
import { httpOptions } from "../../src/platform/http-options.ts";
import { lpClientSender } from "../../src/platform/lp-client.ts";
import { packageMoves } from "../../src/platform/package-moves.ts";
import { knownPackages } from "../../src/platform/packages.ts";
import { legacyErrorMembers, legacySystemSecrets, mtlsMethods } from "../../src/platform/platform-clients.ts";
import { connectionMethods, objectMethods } from "../../src/platform/salesforce.ts";
import { clientChanges, removedMembers, renamedService, secretError } from "../../src/platform/toolbelt-clients.ts";
import { legacyFactories, legacyToolbelt, modernExports } from "../../src/platform/toolbelt.ts";
import { caseNames, ROOT, readText } from "./cases.ts";

const PROJECTS = "fixtures/projects";

/** Names that only V2 exports. */
const NEW_EXPORTS = new Set(["Toolbelt", "ToolBeltError", "globalSecretCache"]);

const METHODS: Readonly<Record<string, Iterable<string>>> = {
  ...Object.fromEntries([...clientChanges].map(([name, { methods }]) => [name, methods])),
  MTLSClient: mtlsMethods.keys(),
  // These clients have no table of methods: each method has a way of its own.
  SecretClient: ["readSecret", "updateSecret"],
  OrchestratorClient: ["invoke"],
  SFClient: ["connectToSalesforce"],
};

function modelsOfFunctions(): Model[] {
  return caseNames.flatMap((name) => {
    try {
      return [createModel(parseSource(readText(`${ROOT}${name}/index.js`) ?? ""))];
    } catch (error) {
      if (error instanceof SourceSyntaxError) {
        return [];
      }
      throw error;
    }
  });
}

const models = modelsOfFunctions();

/** Calls of methods of the toolbelt's clients, as `Client.method`. */
function methodsOf(model: Model): string[] {
  return Object.keys(METHODS).flatMap((factory) =>
    followedClients(model, factory).uses.flatMap((use) => {
      const found = methodCallOf(model, use);
      return found === undefined ? [] : [`${factory}.${found.method}`];
    }),
  );
}

/** Requests to Salesforce that are made with a callback: `query`, `sobject.create`. */
function salesforceMethodsOf(model: Model): string[] {
  const connections = followedClients(model, "SFClient").uses.flatMap((use) => methodCallOf(model, use)?.call ?? []);
  return callbackRequests(model, connections).flatMap(({ call: { callee } }) => {
    if (callee.type !== "MemberExpression") {
      return [];
    }
    const isOfObject = callee.object.type === "CallExpression";
    return [`${isOfObject ? "sobject." : ""}${staticName(callee) ?? ""}`];
  });
}

function membersOf(model: Model): string[] {
  return model.nodes("MemberExpression").flatMap((member) => staticName(member) ?? []);
}

function textsOf(model: Model): string[] {
  return model.nodes("Literal").flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

/** The names of the properties in the JSON files with a name, at the top of each file or inside. */
function propertiesIn(file: string): string[] {
  const paths = readdirSync(PROJECTS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes("before") && path.endsWith(file))
    .map((path) => join(PROJECTS, path));
  const names: string[] = [];
  for (const path of paths.filter((candidate) => existsSync(candidate))) {
    JSON.parse((readText(path) ?? "{}").replace(/^\uFEFF/u, ""), (name, value: unknown) => {
      names.push(name);
      return value;
    });
  }
  return names;
}

interface Rows {
  readonly kind: string;
  readonly rows: readonly string[];
  readonly used: readonly string[];
}

const tables: readonly Rows[] = [
  {
    kind: "request option",
    rows: [...httpOptions.keys()],
    used: models
      .flatMap((model) => findHttpCalls(model).calls)
      .flatMap(({ options }) => [...(options?.properties.keys() ?? [])]),
  },
  {
    kind: "option of LpClient alone",
    rows: [...lpClientSender.options]
      .filter(([name, option]) => httpOptions.get(name) !== option)
      .map(([name]) => name),
    used: models
      .filter((model) => toolbeltUseOf(model).clients.some(({ factory }) => factory === "LpClient"))
      .flatMap((model) => model.nodes("Property").flatMap((property) => staticName(property) ?? [])),
  },
  {
    kind: "client of the toolbelt",
    rows: [...legacyFactories.keys(), ...removedMembers.keys()],
    used: models.flatMap((model) => toolbeltUseOf(model).clients.map(({ factory }) => factory)),
  },
  {
    kind: "method of a client",
    rows: Object.entries(METHODS).flatMap(([name, methods]) => [...methods].map((method) => `${name}.${method}`)),
    used: models.flatMap(methodsOf),
  },
  {
    kind: "request to Salesforce",
    rows: [...connectionMethods.keys(), ...[...objectMethods.keys()].map((name) => `sobject.${name}`)],
    used: models.flatMap(salesforceMethodsOf),
  },
  {
    kind: "export of the toolbelt",
    rows: [...[...modernExports].filter((name) => !NEW_EXPORTS.has(name)), secretError.legacy],
    used: models
      .flatMap((model) => findModuleUses(model))
      .filter(({ source }) => source === legacyToolbelt)
      .flatMap(({ names = [] }) => names.map(({ imported }) => imported)),
  },
  {
    kind: "environment variable",
    rows: [...renamedVariables.keys(), ...removedVariables],
    used: models.flatMap((model) => environmentOf(model).uses.map(({ name }) => name)),
  },
  {
    kind: "package",
    rows: [...new Set([...knownPackages, ...packageMoves.map(({ legacy }) => legacy), "lodash/get"])],
    used: models.flatMap((model) => findModuleUses(model).map(({ source }) => source)),
  },
  {
    kind: "text",
    rows: [...legacySystemSecrets, renamedService.legacy],
    used: models.flatMap(textsOf),
  },
  {
    kind: "member",
    rows: [...legacyErrorMembers, renamedService.constant],
    used: models.flatMap(membersOf),
  },
  { kind: "property of config.json", rows: ["environmentVariables", "event"], used: propertiesIn("config.json") },
  { kind: "property of settings.json", rows: ["whitelist"], used: propertiesIn("settings.json") },
];

it.each(tables)("every $kind has a fixture function", ({ rows, used }) => {
  expect(rows.filter((name) => !used.includes(name))).toEqual([]);
});

it("has rows to count", () => {
  const all = tables.flatMap(({ rows }) => rows);
  const found = tables.flatMap(({ rows, used }) => rows.filter((name) => used.includes(name)));
  console.info(`rows ${String(found.length)} of ${String(all.length)}`);
  expect(tables.filter(({ rows }) => rows.length === 0)).toEqual([]);
});
