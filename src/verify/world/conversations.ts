import type { CallAnswer } from "../model.ts";

/** The parts of a conversation that the toolbelt looks at. */
export interface Message {
  readonly type: string;
  readonly sentTimestamp: string;
  readonly sentBy: string;
  readonly messageData: {
    readonly msg?: { readonly text: string };
    readonly file?: { readonly caption?: string; readonly relativePath?: string };
  };
}

export interface ConversationRecord {
  readonly info: { readonly conversationId: string };
  readonly messageRecords?: readonly Message[];
  readonly sdes?: { readonly events: readonly object[] };
  readonly unAuthSdes?: { readonly events: readonly object[] };
}

export interface Conversation {
  readonly _metadata: { readonly count: number };
  readonly conversationHistoryRecords: readonly ConversationRecord[];
}

function text(content: string): Message {
  return { type: "TEXT_PLAIN", sentTimestamp: "1", sentBy: "Consumer", messageData: { msg: { text: content } } };
}

function file(relativePath: string): Message {
  const messageData = { file: { caption: "a letter to a lawyer", relativePath } };
  return { type: "HOSTED_FILE", sentTimestamp: "2", sentBy: "Consumer", messageData };
}

const SDES = {
  sdes: { events: [{ sdeType: "CUSTOMER_INFO", customerInfo: { customerId: "c-1" } }] },
  unAuthSdes: { events: [{ sdeType: "LEAD", lead: { leadId: "l-1" } }] },
};

/**
 * The simulated conversation with an id; what its name holds decides what is in it: `several` records, an `empty`
 * transcript, `sde`s. One with `missing` in its name does not exist.
 *
 * @param brings what the scenario says of the call
 */
export function findConversation(id: string, brings: CallAnswer | undefined): Conversation | undefined {
  if (id.includes("missing") || brings === "refusal") return undefined;
  const record = (messageRecords: readonly Message[]): ConversationRecord => ({
    info: { conversationId: id },
    messageRecords,
    ...(id.includes("sde") && SDES),
  });
  const first = record(
    id.includes("empty") || brings === "nothing" ? [] : [text("the press is here"), file("/images/1.png")],
  );
  const more = id.includes("several") ? [record([]), record([file("/images/2.png"), file("/images/keep.png")])] : [];
  const conversationHistoryRecords = [first, ...more];
  return { _metadata: { count: conversationHistoryRecords.length }, conversationHistoryRecords };
}

interface Hit {
  readonly message: string;
  readonly sentTimestamp: string;
  readonly sentBy: string;
  readonly tag: string;
}

/**
 * The messages of the first record that hold one of the keywords.
 *
 * @param captionOf what stands for a file: V1 failed where it has no caption
 */
export function scan(
  conversation: Conversation,
  keywords: readonly string[],
  captionOf: (message: Message) => string,
): Hit[] {
  const [record] = conversation.conversationHistoryRecords;
  return (record?.messageRecords ?? []).flatMap((message): Hit[] => {
    const content = message.type === "HOSTED_FILE" ? captionOf(message) : (message.messageData.msg?.text ?? "");
    const { sentTimestamp, sentBy } = message;
    return keywords
      .filter((keyword) => new RegExp(keyword, "gmi").test(content))
      .map((keyword) => ({ message: content, sentTimestamp, sentBy, tag: `keywordRef:${keyword}` }));
  });
}
