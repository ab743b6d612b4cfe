import { likelyName } from "./likely-name.ts";
/** A text of V1's errors that V2 words differently. */
export interface ErrorText {
  /** The fixed part of the text, or an error code. */
  readonly legacy: string;
  /** What may follow it: patterns are tried with it. */
  readonly rest?: string;
  /** The word of it that V2 spells differently, when nothing else changed: such a text is converted. */
  readonly word?: readonly [legacy: string, modern: string];
}

/** What changed in a toolbelt client that is otherwise used as before. */
export interface ClientChange {
  readonly methods: ReadonlySet<string>;
  /** Methods that give something else in V2, each with the helper that gives what V1 gave. */
  readonly helpers: ReadonlyMap<string, ClientHelperId>;
  readonly errors: readonly ErrorText[];
  /** Methods that call an API with the account's default credentials, which are others in V2. */
  readonly withDefaultSecret: ReadonlySet<string>;
}

/** Functions of `src/edits/templates`. */
export type ClientHelperId = "readSDEs" | "replaceFiles";

const texts = (...legacy: readonly string[]): ErrorText[] => legacy.map((text) => ({ legacy: text }));

/**
 * Source: the V1 toolbelt as shipped with the platform's command line 1.31.12 (conversation-util, sde-util, gdpr-util,
 * context-service-client) and the V2 toolbelt as shipped with 2.0.6-beta.
 */
export const clientChanges: ReadonlyMap<string, ClientChange> = new Map(
  Object.entries<ClientChange>({
    ConversationUtil: {
      methods: new Set(["getConversationById", "scanConversationForKeywords"]),
      helpers: new Map(),
      errors: texts(
        "Error while fetching conversation",
        "Please provide a conversation ID.",
        "Please provide conversation object.",
        "Please provide array containing keywords.",
      ),
      withDefaultSecret: new Set(["getConversationById"]),
    },
    SDEUtil: {
      methods: new Set(["addSDEs", "getSDEsFromConv"]),
      // V2 throws where V1 gave empty lists.
      helpers: new Map([["getSDEsFromConv", "readSDEs"]]),
      errors: texts(
        "Please provide one or more SDEs",
        "Error while setting SDEs",
        "Error while getting SDEs from conversation",
      ),
      withDefaultSecret: new Set(["addSDEs"]),
    },
    GDPRUtil: {
      methods: new Set(["replaceConversationFiles"]),
      // V2 takes the first record alone, and throws where its transcript is empty.
      helpers: new Map([["replaceConversationFiles", "replaceFiles"]]),
      errors: texts("Please provide conversation object.", "Unable to replace image", "Unable to authorize at Swift"),
      withDefaultSecret: new Set(),
    },
    ContextServiceClient: {
      methods: new Set([
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
      ]),
      helpers: new Map(),
      errors: [
        { legacy: "com.liveperson.context-service-sdk.unkown", word: ["unkown", "unknown"] },
        ...texts("Unkown Error", "Requested Ressource does not exist", "Internal Server Error occured"),
      ],
      withDefaultSecret: new Set(),
    },
  }),
);

/** Texts of the secret client's errors; their codes are the same. */
export const secretErrors: readonly ErrorText[] = [
  { legacy: "There is no Secret ", rest: "example for this account", word: ["Secret", "secret"] },
  { legacy: "Updating Secret ", rest: "example failed" },
  ...texts("Provided Secret Value exceeds allowed length of 10000"),
];

/** The service whose name changed, and the member of `LpServices` that holds it in both. Source: both toolbelts. */
export const renamedService = { constant: "AUDITLOG", legacy: "auditlog", modern: "auditLog" } as const;

/** The class of V1's secret errors, and what tells them in V2. */
export const secretError = { legacy: "SecretError", modern: "ToolBeltError", component: "SecretClient" } as const;

/** Members that the toolbelt never had, or has no more: what to use in their place. */
export const removedMembers: ReadonlyMap<string, string> = new Map([
  ["Logger", "log with `console` instead"],
  ["SMTPClient", "send mail through the HTTP interface of a mail service instead"],
  ["CsdsClient", "it belongs to V2"],
  ["LPMtlsClient", "it belongs to V2"],
]);

/** What to do about a member that the V1 toolbelt does not have, as the end of a sentence. */
export function memberAdvice(name: string, known: readonly string[]): string {
  const advice = removedMembers.get(name);
  if (advice !== undefined) {
    return advice;
  }
  const likely = likelyName(name, known);
  return likely === undefined ? "correct the name" : `correct the name, probably to \`${likely}\``;
}
