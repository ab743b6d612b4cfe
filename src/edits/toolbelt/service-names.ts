import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { followedClients } from "../../analysis/toolbelt/client-trail.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { findModuleUses } from "../../analysis/modules/uses.ts";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { renamedService } from "../../platform/toolbelt-clients.ts";
import type { ClientWriter } from "./client-writer.ts";

const RENAMED = `the service \`${renamedService.legacy}\` is called \`${renamedService.modern}\``;

/** Asks for services by the names that they have in V2. */
export function convertServiceNames({ model, report }: ClientWriter): void {
  const { legacy, modern } = renamedService;
  const services = new Set<Node>(serviceArguments(model));
  const converted = new Set<Node>();
  for (const service of services) {
    const literal = literalOf(model, service);
    if (literal?.value === legacy) {
      const isOnlyService = service === literal || isOfServices(model, service, services);
      const [start, end] = rangeOf(isOnlyService ? literal : service);
      if (!isOnlyService) {
        report.edits.replace([start, end], `"${modern}"`);
      } else if (!converted.has(literal)) {
        report.edits.replace([start + 1, end - 1], modern);
      }
      converted.add(literal);
      report.declare("service-name", service, { legacy, modern });
    }
  }
  for (const constant of constantReads(model)) {
    const user = model.parentOf(constant)?.type;
    if (user === "BinaryExpression" || user === "SwitchCase") {
      report.refuse("toolbelt-client", constant, { name: "LpClient", how: RENAMED });
    }
    report.declare("service-name", constant, { legacy, modern });
  }
  const names = lpServicesReads(model);
  const isKnown = (service: Node): boolean => service.type === "MemberExpression" && names.has(service.object);
  const isComputed = [...services].some((service) => literalOf(model, service) === undefined && !isKnown(service));
  const left = model.nodes("Literal").find((literal) => literal.value === legacy && !converted.has(literal));
  if (isComputed && left !== undefined) {
    report.refuse("toolbelt-client", left, {
      name: "LpClient",
      how: RENAMED,
    });
  }
}

/** What names the service in each call of an LpClient. */
function serviceArguments(model: Model): Node[] {
  return followedClients(model, "LpClient").uses.flatMap(({ node }) => {
    const call = model.parentOf(node);
    const [service] = call?.type === "CallExpression" && call.callee === node ? call.arguments : [];
    return service === undefined ? [] : [service];
  });
}

/** The text in the call, or in a constant. */
function literalOf(model: Model, service: Node): ESTree.Literal | undefined {
  if (service.type === "Literal") {
    return service;
  }
  const variable = service.type === "Identifier" ? model.variableOf(service) : undefined;
  const [definition] = variable?.defs ?? [];
  const init = definition?.type === "Variable" ? definition.node.init : undefined;
  return variable !== undefined && isConstant(variable) && init?.type === "Literal" ? init : undefined;
}

/** True for a constant that names services and does nothing else. */
function isOfServices(model: Model, service: Node, services: ReadonlySet<Node>): boolean {
  const variable = model.variableOf(service);
  return variable !== undefined && readsOf(variable).every((read) => services.has(read));
}

/** Every read of `LpServices` of the V1 toolbelt. */
function lpServicesReads(model: Model): Set<Node> {
  const names = findModuleUses(model)
    .filter(({ source }) => source === legacyToolbelt)
    .flatMap((use) => use.names ?? [])
    .filter(({ imported }) => imported === "LpServices");
  return new Set(
    names.flatMap(({ local }) => {
      const variable = model.variableOf(local);
      return variable === undefined ? [] : readsOf(variable);
    }),
  );
}

/** Every `LpServices.AUDITLOG`. */
function constantReads(model: Model): Node[] {
  return [...lpServicesReads(model)].flatMap((read) => {
    const member = model.parentOf(read);
    return member?.type === "MemberExpression" && staticName(member) === renamedService.constant ? [member] : [];
  });
}
