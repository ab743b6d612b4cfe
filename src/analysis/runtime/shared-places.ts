import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { classOf } from "../code/members.ts";
import { globalObjects, globalPath } from "../code/names.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";
import { isRunOnLoad } from "../control/invocations.ts";

/** What outlives an invocation: a variable, a field of an object that is made once, a property of the global object. */
export interface SharedPlace {
  readonly name: string;
  /** Every expression in the file that means it, without its declaration. */
  readonly nodes: readonly Node[];
  /** What a variable is made with. */
  readonly made?: Node | undefined;
}

/** All places of a file that outlive an invocation. */
export function sharedPlaces(model: Model): SharedPlace[] {
  return [...sharedVariables(model), ...staticMembers(model), ...fieldsOfInstances(model), ...globalProperties(model)];
}

/** True where the expression only gets a value, and gives none. */
export function isOnlySet(model: Model, node: Node): boolean {
  const by = writeOf(model, node)?.by;
  return by?.type === "AssignmentExpression" && by.operator === "=";
}

/** Variables of the module, and of functions that run only while the file is loaded: `const log = (() => { … })();` */
function sharedVariables(model: Model): SharedPlace[] {
  return model.scopeManager.scopes
    .filter(
      ({ block, variables }) =>
        variables.some(isPlace) &&
        (block.type === "Program" || (isFunction(block as Node) && isRunOnLoad(model, block as FunctionNode))),
    )
    .flatMap(({ variables }) => variables.filter(isPlace))
    .map((variable) => ({ name: variable.name, nodes: mentionsOf(variable), made: initOf(variable) }));
}

function isPlace({ defs }: Variable): boolean {
  return defs.length === 1 && defs[0]?.type === "Variable";
}

function initOf({ defs }: Variable): Node | undefined {
  const definition = defs[0]?.type === "Variable" ? defs[0].node : undefined;
  return definition?.id.type === "Identifier" ? (definition.init ?? undefined) : undefined;
}

function mentionsOf({ references }: Variable): Node[] {
  return references.filter(({ init }) => init !== true).map(({ identifier }) => identifier as Node);
}

/** `Store.last` and `lambda.last`, of a class or a function of the module. */
function staticMembers(model: Model): SharedPlace[] {
  const owners = model
    .scopeAt(model.program)
    .variables.filter(({ defs }) => defs[0]?.type === "ClassName" || defs[0]?.type === "FunctionName");
  return owners.flatMap((variable) =>
    byName(
      mentionsOf(variable).flatMap((read) => {
        const member = model.parentOf(read);
        return member?.type === "MemberExpression" && member.object === read ? [member] : [];
      }),
      `${variable.name}.`,
    ),
  );
}

/** `this.items` in a class whose instances are made while the file is loaded. */
function fieldsOfInstances(model: Model): SharedPlace[] {
  const made = model.nodes("NewExpression").map((node) => ({ node, of: classOf(model, node.callee) }));
  const classes = [...model.nodes("ClassDeclaration"), ...model.nodes("ClassExpression")].filter((each) => {
    const own = made.filter(({ of }) => of === each);
    return own.length > 0 && own.every(({ node }) => model.functionOf(node) === null);
  });
  return classes.flatMap((each) =>
    byName(
      model.nodes("MemberExpression").filter((member) => {
        const isOwn = member.object.type === "ThisExpression" && classAround(model, member) === each;
        return isOwn && !isInConstructor(model, member);
      }),
      "this.",
    ),
  );
}

function classAround(model: Model, node: Node): Node | undefined {
  for (let above = model.parentOf(node); above !== null; above = model.parentOf(above)) {
    const isOther = above.type === "FunctionExpression" && model.parentOf(above)?.type !== "MethodDefinition";
    if (isOther || above.type === "FunctionDeclaration") {
      return undefined;
    }
    if (above.type === "ClassDeclaration" || above.type === "ClassExpression") {
      return above;
    }
  }
  return undefined;
}

function isInConstructor(model: Model, node: Node): boolean {
  const owner = model.functionOf(node);
  const method = owner === null ? null : model.parentOf(owner);
  return method?.type === "MethodDefinition" && method.kind === "constructor";
}

/** `process.env.LANGUAGE` */
function environmentMembers(model: Model): ESTree.MemberExpression[] {
  return model
    .nodes("MemberExpression")
    .filter((member) => globalPath(model, member.object) === "process.env" && staticName(member) !== undefined);
}

function byName(members: readonly ESTree.MemberExpression[], prefix: string): SharedPlace[] {
  const found = new Map<string, Node[]>();
  for (const member of members) {
    const name = staticName(member);
    if (name !== undefined) {
      found.set(name, [...(found.get(name) ?? []), member]);
    }
  }
  return [...found].map(([name, nodes]) => ({ name: prefix + name, nodes }));
}

/** `globalThis.user`, and `user` that is assigned but declared nowhere. */
function globalProperties(model: Model): SharedPlace[] {
  const found = new Map<string, Node[]>();
  const add = (name: string, node: Node): void => {
    const nodes = found.get(name);
    if (nodes === undefined) found.set(name, [node]);
    else nodes.push(node);
  };
  for (const { identifier } of model.unresolved) {
    add(identifier.name, identifier as Node);
  }
  for (const object of globalObjects.flatMap((name) => model.globals(name))) {
    const member = model.parentOf(object);
    const name = member?.type === "MemberExpression" && member.object === object ? staticName(member) : undefined;
    if (member !== null && name !== undefined) {
      add(name, member);
    }
  }
  for (const member of environmentMembers(model)) {
    add(`process.env.${staticName(member) ?? ""}`, member);
  }
  return [...found]
    .map(([name, nodes]) => ({ name, nodes }))
    .filter(({ nodes }) =>
      nodes.some((node) => /^(?:assign|loop|pattern|update)$/u.test(writeOf(model, node)?.how ?? "")),
    );
}
