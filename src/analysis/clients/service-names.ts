import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { renamedService } from "../../platform/toolbelt-clients.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findModuleUses } from "../modules/uses.ts";
import { followedClients } from "../toolbelt/client-trail.ts";

/** Where a file names the service that has another name in V2. */
export interface ServicePlan {
  /** Every call and constant that means the service. */
  readonly places: readonly Node[];
  /** Texts that name nothing but services. */
  readonly texts: ReadonlySet<ESTree.Literal>;
  /** Reads of a constant that is a name of something else too. */
  readonly reads: readonly Node[];
  readonly problems: readonly Problem[];
}

/** How a file names the service that has another name in V2. */
export function planServiceNames(model: Model): ServicePlan {
  const { legacy } = renamedService;
  const services = new Set<Node>(serviceArguments(model));
  const named = [...services].flatMap((service) => {
    const literal = literalOf(model, service);
    return literal?.value === legacy ? [{ service, literal }] : [];
  });
  const isText = ({ service, literal }: (typeof named)[number]): boolean =>
    service === literal || isOfServices(model, service, services);
  const constants = constantReads(model);
  const compared = constants.filter((constant) =>
    /^(?:BinaryExpression|SwitchCase)$/u.test(model.parentOf(constant)?.type ?? ""),
  );
  const left = unconvertedText(model, services, new Set(named.map(({ literal }) => literal)));
  return {
    places: [...named.map(({ service }) => service), ...constants],
    texts: new Set(named.filter(isText).map(({ literal }) => literal)),
    reads: named.filter((each) => !isText(each)).map(({ service }) => service),
    problems: [...compared, ...(left === undefined ? [] : [left])].map(problem),
  };
}

function problem(node: Node): Problem {
  const how = `the service \`${renamedService.legacy}\` is called \`${renamedService.modern}\``;
  return { id: "toolbelt-client", node, data: { name: "LpClient", how } };
}

/** A text that may be the name of the service that a call takes from somewhere. */
function unconvertedText(
  model: Model,
  services: ReadonlySet<Node>,
  converted: ReadonlySet<Node>,
): ESTree.Literal | undefined {
  const names = lpServicesReads(model);
  const isKnown = (service: Node): boolean => service.type === "MemberExpression" && names.has(service.object);
  const isComputed = [...services].some((service) => literalOf(model, service) === undefined && !isKnown(service));
  return isComputed
    ? model.nodes("Literal").find((literal) => literal.value === renamedService.legacy && !converted.has(literal))
    : undefined;
}

/** What names the service in each call of an LpClient. */
function serviceArguments(model: Model): Node[] {
  return followedClients(model, "LpClient").uses.flatMap(({ node }) => {
    const [service] = callOf(model, node)?.arguments ?? [];
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
