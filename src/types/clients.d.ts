/*
 * Shapes that the clients of both toolbelts take and give. Source: the V1 toolbelt as shipped with the platform's command
 * line 1.31.12, and the V2 toolbelt as shipped with 2.0.6-beta.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- what services answer has no type of its own */

/** A secret with its name. */
export interface SecretEntry<Value = any> {
  key: string;
  value: Value;
}

/** The content types that `getConversationById` can be asked for. */
export interface ConversationContentTypeNames {
  readonly INFO: "info";
  readonly SDES: "sdes";
  readonly UNAUTH_SDES: "unAuthSdes";
  readonly CAMPAIGN: "campaign";
  readonly MESSAGE_RECORDS: "messageRecords";
  readonly AGENT_PARTICIPANTS: "agentParticipants";
  readonly AGENT_PARTICIPANTS_ACTIVE: "agentParticipantsActive";
  readonly CONSUMER_PARTICIPANTS: "consumerParticipants";
  readonly TRANSFERS: "transfers";
  readonly INTERACTIONS: "interactions";
  readonly MESSAGE_SCORES: "messageScores";
  readonly MESSAGE_STATUSES: "messageStatuses";
  readonly SKILL_CHANGES: "skillChanges";
  readonly CONVERSATION_SURVEYS: "conversationSurveys";
  readonly AGENT_PARTICIPANTS_LEAVE: "agentParticipantsLeave";
  readonly COBROWSE_SESSIONS: "coBrowseSessions";
  readonly SUMMARY: "summary";
  readonly MONITORING: "monitoring";
  readonly DIALOGS: "dialogs";
  readonly RESPONSE_TIME: "responseTime";
  readonly INTENTS: "intents";
  readonly UNIQUE_INTENTS: "uniqueIntents";
  readonly LATEST_AGENT_SURVEY: "latestAgentSurvey";
  readonly PREVIOUSLY_SUBMITTED_AGENT_SURVEYS: "previouslySubmittedAgentSurveys";
}

/** The types of SDEs (engagement attributes). */
export interface SDETypeNames {
  readonly CART: "cart";
  readonly TRANSACTION: "purchase";
  readonly VIEWED_PRODUCT: "prodView";
  readonly CUSTOMER_INFO: "ctmrinfo";
  readonly MARKETING_SOURCE: "mrktInfo";
  readonly PERSONAL_INFO: "personal";
  readonly LEAD: "lead";
  readonly SERVICE_ACTIVITY: "service";
  readonly VISITOR_ERROR: "error";
  readonly SEARCHED_CONTENT: "searchInfo";
}

/** The services that have the same name in both versions. */
export interface ServiceNames {
  readonly MSG_HIST: "msgHist";
  readonly AGENT_VEP: "agentVep";
  readonly ACCOUNT_CONFIG_READ_ONLY: "accountConfigReadOnly";
  readonly ACCOUNT_CONFIG_READ_WRITE: "accountConfigReadWrite";
  readonly ASYNC_MESSAGING: "asyncMessaging";
  readonly ASYNC_MESSAGING_EN: "asyncMessagingEnt";
  readonly ENG_HIST_DOMAIN: "engHistDomain";
  readonly RTBF: "rtbf";
  readonly SMT: "smt";
  readonly PUSHER: "pusher";
  readonly LE_DATA_REPORTING: "leDataReporting";
  readonly MSG_EWT_API: "msgEwtAPI";
  readonly MSDKGW: "msdkgw";
}

/** The codes of errors that both toolbelts have. */
export interface SharedErrorCodes {
  readonly Platform: { readonly Secret: { readonly NoToken: string } };
  readonly Secret: {
    readonly Invalid: string;
    readonly Failure: string;
    readonly NotFound: string;
    readonly AuthFailure: string;
  };
  readonly Csds: { readonly NotFound: string; readonly Failure: string };
}

/** A conversation as the Messaging Interactions API gives it. */
export interface Conversation {
  _metadata: any;
  conversationHistoryRecords: any[];
}

/** A message that holds a keyword. */
export interface KeywordMatch {
  message: string;
  /** Milliseconds since 1970. */
  sentTimestamp: number;
  sentBy: string;
  /** `keywordRef:` and the keyword. */
  tag: string;
}

/** Searches conversations. */
export interface ConversationUtil {
  /**
   * @param conversationId never empty
   * @param contentToRetrieve what the records should hold; all of it by default
   */
  getConversationById(conversationId: string, contentToRetrieve?: readonly string[]): Promise<Conversation>;
  /** Looks through the texts and the captions of files of the first record; keywords are patterns, in any case. */
  scanConversationForKeywords(conversation: Conversation, keywords: readonly string[]): KeywordMatch[];
}

/** An SDE (engagement attribute); the other members depend on its type. */
export interface SDE {
  type: string;
  [member: string]: any;
}

/** SDEs in the order in which the server got them. */
export interface SDEList {
  events: any[];
}

/** Reads and writes SDEs. */
export interface SDEUtil {
  addSDEs(sdes: readonly SDE[], visitorId: string, sessionId: string): Promise<void>;
  getSDEsFromConv(conversation: Conversation): { sdes: SDEList; unAuthSdes: SDEList };
}

/** What takes the place of a file that is removed. */
export interface ReplacementFile {
  body: Buffer;
  contentType: string;
}

/** Removes files from conversations. */
export interface GDPRUtil {
  /**
   * Replaces files of a conversation for good.
   *
   * @param shouldReplace chooses files by their paths; all of them by default
   * @param replacementFile a picture of one pixel by default
   * @returns the paths of the files that were replaced
   */
  replaceConversationFiles(
    conversation: Conversation,
    credentials: { username: string; password: string },
    shouldReplace?: (path: string, index: number, paths: readonly string[]) => unknown,
    replacementFile?: ReplacementFile,
  ): Promise<string[]>;
}

/** A namespace of the Context Session Store. */
export interface ContextNamespace {
  name: string;
  createdAt: Date;
  ttlSecond?: number;
}

/** Properties by their names. */
export type ContextProperties = Record<string, any>;

/** The Context Session Store; without a session, its methods use the default one. */
export interface ContextServiceClient {
  /** @param options `ttl` in seconds; without it, the namespace stays for good */
  createNamespace(namespace: string, options?: { ttl?: number }): Promise<ContextNamespace>;
  deleteNamespace(namespace: string): Promise<void>;
  getListOfNamespaces(): Promise<ContextNamespace[]>;
  setPropertiesInNamespace(
    namespace: string,
    properties: ContextProperties,
    sessionId?: string,
  ): Promise<ContextProperties>;
  updatePropertiesInNamespace(
    namespace: string,
    properties: ContextProperties,
    sessionId?: string,
  ): Promise<ContextProperties>;
  getAllPropertiesInSession(namespace: string, sessionId?: string): Promise<ContextProperties>;
  /** Properties that are not there are left out. */
  getSelectedPropertiesInSession(
    namespace: string,
    propertyNames: readonly string[],
    sessionId?: string,
  ): Promise<ContextProperties>;
  getPropertyInSession(namespace: string, propertyName: string, sessionId?: string): Promise<any>;
  deletePropertyInSession(namespace: string, propertyName: string, sessionId?: string): Promise<void>;
  deleteSession(namespace: string, sessionId: string): Promise<void>;
  getListOfSessions(namespace: string): Promise<string[]>;
}

/** The certificate of a client, in PEM. */
export interface ClientCertificate {
  cert: string | Buffer;
  key: string | Buffer;
  ca?: string | Buffer;
}

/** Options of a request with a client certificate. */
export interface MTLSOptions {
  /** Sends the body as JSON, and parses the answer. */
  json?: boolean;
  /** Milliseconds. */
  timeout?: number;
  /** Whether certificates of unknown issuers are accepted. */
  allowSelfSigned?: boolean;
}

/** The answer to a request with a client certificate; no status rejects. */
export interface MTLSResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: any;
}

/** A request with a client certificate. */
export type MTLSRequest<Body> = (
  url: string,
  headers?: Record<string, any>,
  body?: Body,
  options?: MTLSOptions,
) => Promise<MTLSResponse>;

/** An invocation of another function. */
export interface Invocation {
  uuid: string;
  payload?: any;
  headers?: any;
  /** How often it is tried in all; 3 by default. */
  retries?: number;
  retryFunction?: (...args: any[]) => any;
}

/** What another function answered. */
export interface InvocationResult {
  uuid: string;
  body: any;
  headers: any;
  statusCode: number;
  error?: any;
}

/** Options of all invocations of one call. */
export interface OrchestratorOptions {
  /** Milliseconds for each invocation. */
  timeout?: number;
  /** A member of `ErrorStrategy`. */
  errorStrategy?: string;
  invokeParallel?: boolean;
}

/** Connects to Salesforce; the result is a Connection of jsforce. */
export interface SFClient {
  connectToSalesforce(options: Record<string, any>): any;
}
