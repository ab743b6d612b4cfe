import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { SecretClient } from "../../analysis/secrets/lp-clients.ts";
import type { HttpWriter } from "./writer.ts";
import { indentAt, lineEndingOf, statementRange } from "../text/layout.ts";
import { attachedComments } from "../text/remove-statements.ts";

/**
 * Declares a client for each further secret right behind the one that is there, and lets its calls use it.
 *
 * @returns where the new clients are called first
 */
export function writeSecretClients(writer: HttpWriter, clients: readonly SecretClient[]): Node[] {
  return clients.flatMap(({ client, calls }) => {
    const { declarator, variable } = client;
    if (declarator === undefined || variable === undefined) {
      return [];
    }
    const name = writer.helpers.freeName(variable.name);
    insertClient(writer, declarator, `${name} = ${writer.model.textOf(client.call)}`);
    for (const { use } of calls) {
      writer.edits.replace(rangeOf(use.node), name);
    }
    return calls.slice(0, 1).map(({ http }) => http.call);
  });
}

/** A declaration of its own where the client has one; else it joins the list. */
function insertClient({ model, edits }: HttpWriter, declarator: Node, text: string): void {
  const declaration = model.parentOf(declarator);
  if (declaration?.type !== "VariableDeclaration" || declaration.declarations.length > 1) {
    edits.insert(rangeOf(declarator)[1], `, ${text}`);
    return;
  }
  const [start, end] = statementRange(model, declaration);
  const semicolon = model.text.slice(start, end).endsWith(";") ? ";" : "";
  const behind = attachedComments(model, declaration).trailing?.[1] ?? end;
  edits.insert(
    behind,
    `${lineEndingOf(model.text)}${indentAt(model.text, start)}${declaration.kind} ${text}${semicolon}`,
  );
}
