import { Project, ts } from "ts-morph";
import type { Symbol as TypedName, Type } from "ts-morph";
import { describe, expect, it } from "vitest";

import { modernClients } from "../../src/platform/client-creation.ts";
import { removedVariables, renamedVariables } from "../../src/platform/environment.ts";
import { httpOptions, verbMethods } from "../../src/platform/http-options.ts";
import { lpClientSender } from "../../src/platform/lp-client.ts";
import { clientMethods, lpClientLeftovers } from "../../src/platform/modern-members.ts";
import { clientChanges, renamedService, secretError } from "../../src/platform/toolbelt-clients.ts";
import {
  deprecatedFactories,
  legacyFactories,
  legacyToolbelt,
  modernExports,
  modernToolbelt,
} from "../../src/platform/toolbelt.ts";
import { ERROR_CODES, LP_SERVICES } from "../../src/verify/world/constants.ts";
import { DECLARATIONS } from "./compilers.ts";

const project = new Project({ compilerOptions: { strict: true, module: ts.ModuleKind.NodeNext, types: ["node"] } });
project.addSourceFilesAtPaths(`${DECLARATIONS}*.d.ts`);

/** What a toolbelt declares. */
class Declared {
  private readonly exports: ReadonlyMap<string, TypedName>;
  private readonly place;

  constructor(name: string) {
    this.place = project.getSourceFileOrThrow(`${name}.d.ts`).getModuleOrThrow(`"${name}"`);
    const symbol = this.place.getSymbolOrThrow();
    this.exports = new Map(symbol.getExports().map((exported) => [exported.getName(), exported]));
  }

  /** The names that exist when the module runs. */
  values(): string[] {
    const isValue = (symbol: TypedName): boolean => (symbol.getFlags() & ts.SymbolFlags.Value) !== 0;
    return sorted([...this.exports].filter(([, symbol]) => isValue(symbol)).map(([name]) => name));
  }

  /** The type of a value. */
  valueOf(name: string): Type {
    return this.symbol(name).getTypeAtLocation(this.place);
  }

  /** The type that has a name of its own. */
  typeOf(name: string): Type {
    return this.symbol(name).getDeclaredType();
  }

  /** The members of a value, each with its type. */
  membersOf(name: string): Map<string, Type> {
    const members = this.valueOf(name).getProperties();
    return new Map(members.map((member) => [member.getName(), member.getTypeAtLocation(this.place)]));
  }

  /** The factories, each with the members of what it gives. */
  clients(): Map<string, string[]> {
    const clients = [...this.membersOf("Toolbelt")].map(([name, factory]) => {
      const client = factory.getCallSignatures()[0]?.getReturnType();
      return [name, client === undefined ? [] : namesOf(client)] as const;
    });
    return new Map(clients);
  }

  /** Members of a type that are marked as deprecated. */
  deprecated(type: Type): string[] {
    const isMarked = (member: TypedName): boolean =>
      member.getJsDocTags().some((tag) => tag.getName() === "deprecated");
    return sorted(
      type
        .getProperties()
        .filter(isMarked)
        .map((member) => member.getName()),
    );
  }

  private symbol(name: string): TypedName {
    const found = this.exports.get(name);
    if (found === undefined) throw new Error(`Nothing is exported as ${name}.`);
    return found;
  }
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();
const namesOf = (type: Type): string[] => sorted(type.getProperties().map((member) => member.getName()));
const textsOf = (members: Map<string, Type>): Record<string, unknown> =>
  Object.fromEntries([...members].map(([name, type]) => [name, type.getLiteralValue()]));

const modern = new Declared(modernToolbelt);
const legacy = new Declared(legacyToolbelt);

describe("the declarations of V2", () => {
  it("export what a module can import, and nothing else", () => {
    expect(modern.values()).toEqual(sorted(modernExports));
  });

  it("have the factories of the tables", () => {
    expect(sorted(modern.clients().keys())).toEqual(sorted(modernClients.keys()));
    expect(modern.deprecated(modern.valueOf("Toolbelt"))).toEqual(sorted(deprecatedFactories.keys()));
  });

  it.each([...clientMethods])("give %s the methods of the tables", (factory, methods) => {
    expect(modern.clients().get(factory)).toEqual(sorted(methods));
  });

  it("take no option of V1 for LpClient", () => {
    expect(modern.deprecated(modern.typeOf("LpClientOptions"))).toEqual(sorted(lpClientLeftovers.keys()));
  });

  it("mark what only the documentation has", () => {
    expect(modern.deprecated(modern.typeOf("SecretClient"))).toEqual(["writeSecret"]);
  });

  it("have the services and the errors of the tables", () => {
    const services = { ...LP_SERVICES, [renamedService.constant]: renamedService.modern };
    expect(textsOf(modern.membersOf("LpServices"))).toEqual(services);
    expect(namesOf(modern.typeOf(secretError.modern))).toEqual(
      expect.arrayContaining(["code", "component", "message"]),
    );
    for (const [group, codes] of Object.entries(ERROR_CODES)) {
      const declared = modern.membersOf("ErrorCodes").get(group);
      expect(declared && namesOf(declared)).toEqual(expect.arrayContaining(Object.keys(codes)));
    }
  });
});

describe("the declarations of V1", () => {
  it("have the factories of the tables", () => {
    expect(sorted(legacy.clients().keys())).toEqual(sorted(legacyFactories.keys()));
  });

  it.each([...clientChanges])("give %s the methods of the tables", (factory, { methods }) => {
    expect(legacy.clients().get(factory)).toEqual(sorted(methods));
  });

  it("know every request option, and no other one", () => {
    expect(namesOf(legacy.typeOf("HttpOptions"))).toEqual(sorted(httpOptions.keys()));
    expect(namesOf(legacy.typeOf("LpClientOptions"))).toEqual(sorted(lpClientSender.options.keys()));
  });

  it("know every way to call the HTTP client", () => {
    expect(legacy.clients().get("HTTPClient")).toEqual(sorted([...verbMethods.keys(), "defaults", "jar"]));
  });

  it("mark what only the documentation has", () => {
    expect(legacy.deprecated(legacy.typeOf("SecretClient"))).toEqual(["getUsedSecrets", "writeSecret"]);
  });

  it("have the services and the errors of the tables", () => {
    const services = { ...LP_SERVICES, [renamedService.constant]: renamedService.legacy };
    expect(textsOf(legacy.membersOf("LpServices"))).toEqual(services);
    expect(legacy.values()).toContain(secretError.legacy);
    expect(sorted(legacy.membersOf("ErrorCodes").keys())).toEqual(sorted(Object.keys(ERROR_CODES)));
  });
});

it("both name the environment as the tables do", () => {
  const declaredBy = (toolbelt: string): string[] =>
    project
      .getSourceFileOrThrow(`${toolbelt}.d.ts`)
      .getModuleOrThrow("NodeJS")
      .getInterfaceOrThrow("ProcessEnv")
      .getProperties()
      .map((property) => property.getName());
  expect(declaredBy(legacyToolbelt)).toEqual([...renamedVariables.keys()]);
  expect(declaredBy(modernToolbelt)).toEqual(expect.arrayContaining([...renamedVariables.values()]));
  expect(declaredBy(modernToolbelt).filter((name) => removedVariables.has(name))).toEqual([]);
});
