import { findConversation, scan } from "./conversations.ts";
import type { Conversation } from "./conversations.ts";
import type { Run } from "./run.ts";
import { messageOf, withTurn } from "./client-support.ts";
import type { Choose, Factories } from "./client-support.ts";

/** The clients of the V1 toolbelt that behave otherwise in V2. Their failures are plain errors. */
export function legacyClients(run: Run): Factories {
  return {
    ConversationUtil: () => conversationUtil(run),
    SDEUtil: () => sdeUtil(run),
    GDPRUtil: () => gdprUtil(run),
    ContextServiceClient: (config) => contextServiceClient(run, config),
  };
}

function conversationUtil(run: Run): object {
  return {
    getConversationById: (id?: string, content?: readonly string[]) =>
      withTurn(run, "ConversationUtil.getConversationById", content === undefined ? [id] : [id, content], (brings) => {
        if (!id) throw new Error("Please provide a conversation ID.");
        const found = findConversation(id, brings);
        if (found === undefined)
          throw new Error(`Error while fetching conversation "${id}": Conversation "${id}" not found.`);
        return found;
      }),
    scanConversationForKeywords: (conversation?: Conversation, keywords?: readonly string[]) => {
      if (!conversation) throw new Error("Please provide conversation object.");
      if (!Array.isArray(keywords)) throw new Error("Please provide array containing keywords.");
      return scan(conversation, keywords as readonly string[], ({ messageData }) => {
        // Without a caption, as on the platform, this is a TypeError.
        return (messageData.file?.caption as unknown as string).slice();
      });
    },
  };
}

function sdeUtil(run: Run): object {
  return {
    addSDEs: (sdes?: readonly object[], visitorId?: string, sessionId?: string) =>
      withTurn(run, "SDEUtil.addSDEs", [sdes, visitorId, sessionId], (brings) => {
        if (!sdes?.length) throw new Error("Please provide one or more SDEs");
        if (visitorId === "fail" || brings === "refusal") throw new Error("Error while setting SDEs: 400 - {}");
      }),
    getSDEsFromConv: (conversation?: Conversation) => {
      try {
        const { sdes, unAuthSdes } = (conversation as Conversation).conversationHistoryRecords[0] ?? missingRecord();
        return { sdes: sdes ?? { events: [] }, unAuthSdes: unAuthSdes ?? { events: [] } };
      } catch (error) {
        // Without a cause, as in V1.
        // eslint-disable-next-line preserve-caught-error
        throw new Error(`Error while getting SDEs from conversation: ${messageOf(error)}`);
      }
    },
  };
}

function missingRecord(): never {
  throw new TypeError("Cannot read properties of undefined (reading 'sdes')");
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Files of all records; the credentials are looked at first, and used for every file. */
function gdprUtil(run: Run): object {
  const replace = async (
    conversation: Conversation | undefined,
    { username, password }: Credentials,
    shouldReplace: Choose = () => true,
    replacement?: object,
  ): Promise<string[]> => {
    if (!conversation) throw new Error("Please provide conversation object.");
    const paths = (conversation.conversationHistoryRecords as Conversation["conversationHistoryRecords"] | undefined)
      ?.flatMap(({ messageRecords = [] }) => messageRecords)
      .filter(({ type }) => type === "HOSTED_FILE")
      .map(({ messageData }) => messageData.file?.relativePath ?? "")
      .filter((path, index, all) => shouldReplace(path, index, all));
    for (const path of paths ?? []) {
      await withTurn(run, "GDPRUtil.replace", [path, username, password, replacement], (brings) => {
        if (username === "fail" || brings === "refusal")
          throw new Error(`Unable to replace image ${path}: Unable to authorize at Swift: 401`);
      });
    }
    return paths ?? [];
  };
  return { replaceConversationFiles: replace };
}

function contextServiceClient(run: Run, config: unknown): object {
  if (typeof config !== "object" || config === null) throw new Error("No valid configuration was provided");
  const { apiKey, accountId } = config as { readonly apiKey?: unknown; readonly accountId?: unknown };
  if (!apiKey) throw new Error("No valid API-key was provided");
  if (!accountId) throw new Error("No valid accountId was provided");
  // As a header, an object is the text that it turns into.
  return contextMethods(run, [accountId, typeof apiKey === "object" ? "[object Object]" : apiKey], {
    code: "com.liveperson.context-service-sdk.unkown",
    message: "Unkown Error 418 occured",
  });
}

const CONTEXT_METHODS = [
  "createNamespace",
  "deleteNamespace",
  "getListOfNamespaces",
  "setPropertiesInNamespace",
  "updatePropertiesInNamespace",
  "getAllPropertiesInSession",
  "getSelectedPropertiesInSession",
  "getPropertyInSession",
  "deletePropertyInSession",
  "deleteSession",
  "getListOfSessions",
];

/** The methods that both toolbelts have; a namespace `fail` is answered with an unknown status. */
export function contextMethods(
  run: Run,
  target: readonly unknown[],
  unknown: { readonly code: string; readonly message: string },
): object {
  const client: Record<string, unknown> = {};
  for (const method of CONTEXT_METHODS) {
    client[method] = (...args: readonly unknown[]) =>
      withTurn(run, `ContextServiceClient.${method}`, [...target, ...args], (brings) => {
        if (args[0] === "fail" || brings === "refusal")
          throw Object.assign(new Error(unknown.message), { code: unknown.code });
        return { namespace: args[0] };
      });
  }
  return client;
}
