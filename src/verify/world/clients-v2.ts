import { contextMethods } from "./clients-v1.ts";
import { messageOf, ToolBeltError, withTurn } from "./client-support.ts";
import type { Choose, Factories } from "./client-support.ts";
import { findConversation, scan } from "./conversations.ts";
import type { Conversation } from "./conversations.ts";
import type { Run } from "./run.ts";

/** The same clients in the V2 toolbelt. Their failures are ToolBeltErrors. */
export function modernClients(run: Run): Factories {
  return {
    ConversationUtil: () => conversationUtil(run),
    SDEUtil: () => sdeUtil(run),
    GDPRUtil: () => gdprUtil(run),
    ContextServiceClient: (apiKey) => contextServiceClient(run, apiKey),
  };
}

function fail(component: string, message: string, kind = "General"): never {
  throw new ToolBeltError(component, `com.liveperson.faas.${component}.${kind}`, message);
}

function conversationUtil(run: Run): object {
  return {
    getConversationById: (id?: string, content?: readonly string[]) =>
      withTurn(run, "ConversationUtil.getConversationById", content === undefined ? [id] : [id, content], (brings) => {
        const found = id ? findConversation(id, brings) : fail("ConversationUtil", "Please provide a conversation ID.");
        return found ?? fail("ConversationUtil", `Conversation "${String(id)}" not found.`, "NotFound");
      }),
    scanConversationForKeywords: (conversation?: Conversation, keywords?: readonly string[]) => {
      if (!conversation || !keywords) fail("ConversationUtil", "Please provide conversation and keywords.");
      return scan(conversation, keywords, ({ messageData }) => messageData.file?.caption ?? "");
    },
  };
}

/** A conversation without any SDE is an error, and so is a missing list of SDEs: a TypeError, as on the platform. */
function sdeUtil(run: Run): object {
  return {
    addSDEs: (sdes: readonly object[], visitorId?: string, sessionId?: string) =>
      withTurn(run, "SDEUtil.addSDEs", [sdes, visitorId, sessionId], (brings) => {
        if (sdes.length === 0) fail("SDEsUtil", "No SDEs provided");
        if (visitorId === "fail" || brings === "refusal")
          fail("SDEsUtil", "Setting SDEs failed with status 400", "UnexpectedResponse");
      }),
    getSDEsFromConv: (conversation: Conversation) => {
      try {
        const { sdes, unAuthSdes } = conversation.conversationHistoryRecords[0] ?? {};
        if (!sdes && !unAuthSdes) throw new Error("No sdes or unAuthSdes are provided");
        return { sdes: sdes ?? { events: [] }, unAuthSdes: unAuthSdes ?? { events: [] } };
      } catch (error) {
        return fail("SDEsUtil", messageOf(error));
      }
    },
  };
}

/** Files of the first record alone; an empty transcript is an error. */
function gdprUtil(run: Run): object {
  const replace = async (
    conversation: Conversation | undefined,
    credentials: { readonly username: string; readonly password: string } | undefined,
    shouldReplace: Choose = () => true,
    replacement?: object,
  ): Promise<string[]> => {
    if (!conversation || !credentials) fail("GDPRUtil", "Please provide conversation and credentials");
    const messages = conversation.conversationHistoryRecords[0]?.messageRecords ?? [];
    if (messages.length === 0) fail("GDPRUtil", "No message records provided");
    const paths = messages
      .filter(({ type }) => type === "HOSTED_FILE")
      .flatMap(({ messageData }) => messageData.file?.relativePath ?? [])
      .filter((path, index, all) => shouldReplace(path, index, all));
    const { username, password } = credentials;
    for (const path of paths) {
      await withTurn(run, "GDPRUtil.replace", [path, username, password, replacement], (brings) => {
        if (username === "fail" || brings === "refusal") fail("GDPRUtil", "Unable to authorize at Swift");
      });
    }
    return paths;
  };
  return { replaceConversationFiles: replace };
}

/** The account is the function's own; an object as key is sent as the text that it turns into. */
function contextServiceClient(run: Run, apiKey: unknown): object {
  const header = typeof apiKey === "object" ? "[object Object]" : apiKey;
  if (!apiKey) fail("ContextServiceClient", "No valid API-key was provided");
  return contextMethods(run, [run.env["X_LIVEPERSON_BRAND_ID"], header], {
    code: "com.liveperson.context-service-sdk.unknown",
    message: "Unknown Error 418 occurred",
  });
}
