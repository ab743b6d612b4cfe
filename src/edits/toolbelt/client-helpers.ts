import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { ClientHelperId } from "../../platform/toolbelt-clients.ts";
import { appendFunctions } from "../text/append-functions.ts";
import type { EditList } from "../text/edit-list.ts";
import { NewNames } from "../text/names.ts";

/** The functions that give what V1's clients gave. */
const TEXTS: Readonly<Record<ClientHelperId, string>> = {
  readSDEs: `// V2 throws where a conversation has no SDEs; V1 gave empty lists.
function readSDEs(sdeUtil, conversation) {
  const record = conversation?.conversationHistoryRecords?.[0];
  if (record && !record.sdes && !record.unAuthSdes) {
    return { sdes: { events: [] }, unAuthSdes: { events: [] } };
  }
  return sdeUtil.getSDEsFromConv(conversation);
}`,
  replaceFiles: `// V2 takes the first record alone and throws where there are no messages; V1 took the messages of all records.
async function replaceFiles(gdprUtil, conversation, credentials, ...options) {
  const records = conversation?.conversationHistoryRecords ?? [];
  const messageRecords = records.flatMap((record) => record.messageRecords ?? []);
  if (conversation && credentials != null && messageRecords.length === 0) {
    return [];
  }
  const whole = conversation && { ...conversation, conversationHistoryRecords: [{ ...records[0], messageRecords }] };
  return gdprUtil.replaceConversationFiles(whole, credentials, ...options);
}`,
};

/** The helper functions that the clients of one file need, under names which are free in it. */
export class ClientHelpers {
  readonly #model: Model;
  readonly #names: NewNames;
  readonly #used = new Map<ClientHelperId, string>();

  constructor(model: Model) {
    this.#model = model;
    this.#names = new NewNames(model);
  }

  /** Asks for a helper; gives the name under which it is called. */
  use(id: ClientHelperId): string {
    const name = this.#used.get(id) ?? this.#names.take(id);
    this.#used.set(id, name);
    return name;
  }

  /** True for code in a helper that an earlier run wrote. */
  isInside(node: Node): boolean {
    const owner = this.#model.functionOf(node);
    const written = owner === null ? "" : plainForm(this.#model.textOf(owner));
    return Object.values(TEXTS).some((text) => plainForm(text.slice(text.indexOf("\n") + 1)) === written);
  }

  /** Writes the functions to the end of the file. */
  appendTo(edits: EditList): void {
    const texts = [...this.#used].map(([id, name]) => TEXTS[id].replace(`function ${id}(`, `function ${name}(`));
    appendFunctions(this.#model, texts, edits);
  }
}

/** A function without its name, its line breaks and its indentation. */
function plainForm(code: string): string {
  return code.replaceAll(/\s+/gu, " ").replace(/function \w+/u, "function");
}
