/// <reference types="node" />

/*
 * The toolbelt of V2, which is not on npm. Source: the toolbelt as shipped with the platform's command line 2.0.6-beta;
 * its documentation where it says more. A test compares the names with the tables that the migration works by.
 */

declare module "core-functions-toolbelt" {
  /** The name of an event. */
  export type LambdaEvent = import("./events.d.ts").LambdaEvent;
  /** What `lambda` is called with: `LambdaInput<"Messaging New Conversation">`. */
  export type LambdaInput<Event extends LambdaEvent = "No Event"> = import("./events.d.ts").LambdaInput<Event>;
  /** What `lambda` returns: `LambdaResult<"Conversational Command">`. */
  export type LambdaResult<Event extends LambdaEvent = "No Event"> = import("./events.d.ts").LambdaResult<Event>;
  /** The handler of a function: `Lambda<"Messaging TTR">`. */
  export type Lambda<Event extends LambdaEvent = "No Event"> = (
    input: LambdaInput<Event>,
  ) => LambdaResult<Event> | Promise<LambdaResult<Event>>;

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a secret can be any JSON value
  export type SecretEntry<Value = any> = import("./clients.d.ts").SecretEntry<Value>;
  export type Conversation = import("./clients.d.ts").Conversation;
  export type ConversationUtil = import("./clients.d.ts").ConversationUtil;
  export type SDEUtil = import("./clients.d.ts").SDEUtil;
  export type GDPRUtil = import("./clients.d.ts").GDPRUtil;
  export type ContextServiceClient = import("./clients.d.ts").ContextServiceClient;
  export type SFClient = import("./clients.d.ts").SFClient;

  /** Reads and writes secrets. What was read is kept for five minutes, and shared: it must not be changed. */
  export interface SecretClient {
    /**
     * @param options `useCache: false` asks the storage itself; `timeout` in milliseconds, 5000 by default
     * @throws ToolBeltError where there is no such secret
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a secret can be any JSON value
    readSecret<Value = any>(
      key: string,
      options?: { useCache?: boolean; timeout?: number },
    ): Promise<SecretEntry<Value>>;
    /**
     * Writes a secret that exists; system secrets (`LIVEPERSON_DEFAULT_…`) can't be written.
     *
     * @throws ToolBeltError where there is no such secret, or where its JSON has more than 16384 characters
     */
    updateSecret<Value>(entry: SecretEntry<Value>, options?: { timeout?: number }): Promise<SecretEntry<Value>>;
    /** @deprecated The documentation shows it, but the toolbelt lacks it: calling it throws. Use `updateSecret`. */
    writeSecret<Value>(entry: SecretEntry<Value>): Promise<SecretEntry<Value>>;
  }

  /** What LpClient takes: the options of fetch, and the secret that it signs in with. */
  export interface LpClientOptions extends Omit<RequestInit, "headers"> {
    /** The secret with `client_id` and `client_secret`; `LIVEPERSON_DEFAULT_APP_KEY` by default. */
    appKeySecretName?: string;
    /** A plain object: a `Headers` object is lost. An Authorization header of your own breaks that of the client. */
    headers?: Record<string, string>;
    /** @deprecated V1 only. Send `JSON.stringify(…)` with a Content-Type, and read the answer with `response.json()`. */
    json?: never;
    /** @deprecated V1 only. Write the query into the path. */
    qs?: never;
    /** @deprecated V1 only. Send `new URLSearchParams(…)` as `body`. */
    form?: never;
    /** @deprecated V1 only. Look at `response.ok`: a status outside 2xx does not reject. */
    simple?: never;
    /** @deprecated V1 only. The answer is always the whole Response. */
    resolveWithFullResponse?: never;
  }

  /**
   * Sends a request to a LivePerson service, signed in with OAuth 2. A status outside 2xx does not reject. A client keeps
   * the access token of its first call, whichever secret later calls name.
   *
   * @param service a member of `LpServices`
   * @param path with its query
   */
  export type LpClient = (service: string, path: string, options: LpClientOptions) => Promise<Response>;

  /** Sends requests with a client certificate; those of GET and HEAD can't have a body. */
  export interface MTLSClient {
    get: MTLSRequest<null | undefined>;
    head: MTLSRequest<null | undefined>;
    post: MTLSRequest<unknown>;
    put: MTLSRequest<unknown>;
    patch: MTLSRequest<unknown>;
    delete: MTLSRequest<unknown>;
    options: MTLSRequest<unknown>;
  }

  type MTLSRequest<Body> = import("./clients.d.ts").MTLSRequest<Body>;

  /** Sends requests through the mTLS gateway of LivePerson; takes `authorization` out of the headers that it is given. */
  export interface LPMtlsClient {
    get: MTLSRequest<null | undefined>;
    post: MTLSRequest<unknown>;
  }

  type Invocation = import("./clients.d.ts").Invocation;
  type InvocationResult = import("./clients.d.ts").InvocationResult;
  type SharedOrchestratorOptions = import("./clients.d.ts").OrchestratorOptions;

  /** Options of all invocations of one call. */
  export interface OrchestratorOptions extends SharedOrchestratorOptions {
    /** Parses the bodies, which are text otherwise. */
    json?: boolean;
  }

  /** Invokes other functions. */
  export interface OrchestratorClient {
    /** @param deadline milliseconds for all of them, 25000 at most and by default */
    invoke(
      invocations: readonly Invocation[],
      deadline?: number,
      options?: OrchestratorOptions,
    ): Promise<InvocationResult[]>;
  }

  /** Tells where services are. */
  export interface CsdsClient {
    /** The host of a service. */
    get(service: string): Promise<string>;
    /** The hosts of all services, each by its name. */
    getAll(): Promise<Record<string, string>[]>;
  }

  /** The factories of the clients. The toolbelt of V2 has no HTTPClient: call `fetch`. */
  interface ToolbeltFactories {
    /** @param options `ttl` in milliseconds counts for all clients of the process */
    SecretClient(options?: { cache?: { ttl?: number } }): SecretClient;
    LpClient(): LpClient;
    ConversationUtil(): ConversationUtil;
    SDEUtil(): SDEUtil;
    GDPRUtil(): GDPRUtil;
    /**
     * Works on the account of the function. The documentation also shows the object of V1, but that is sent as the key.
     *
     * @throws Error where the key is empty
     */
    ContextServiceClient(apiKey: string): ContextServiceClient;
    /** @throws Error where the certificate can't be read */
    MTLSClient(certificate: import("./clients.d.ts").ClientCertificate): MTLSClient;
    LPMtlsClient(): LPMtlsClient;
    OrchestratorClient(): OrchestratorClient;
    CsdsClient(): CsdsClient;
    /** @deprecated The toolbelt says so itself. Use `import { Connection } from "@jsforce/jsforce-node";`. */
    SFClient(): SFClient;
  }

  export const Toolbelt: ToolbeltFactories;

  /** What clients fail with. Network failures of LpClient are the `TypeError` of fetch. */
  export class ToolBeltError extends Error {
    constructor(component: string, code: string, message: string);
    /** The client that failed. */
    readonly component: string;
    /** One of `ErrorCodes`. */
    readonly code: string;
  }

  /** Codes of one part of the toolbelt; more of them exist than are documented. */
  interface CodeGroup {
    readonly [name: string]: string;
  }
  type SharedErrorCodes = import("./clients.d.ts").SharedErrorCodes;

  export const ErrorCodes: {
    readonly Platform: SharedErrorCodes["Platform"];
    readonly Csds: SharedErrorCodes["Csds"] & CodeGroup;
    readonly Secret: SharedErrorCodes["Secret"] & { readonly SystemSecret: string } & CodeGroup;
    readonly ConversationUtil: {
      readonly General: string;
      readonly NotFound: string;
      readonly UnexpectedResponse: string;
    } & CodeGroup;
    readonly SDEsUtil: { readonly UnexpectedResponse: string } & CodeGroup;
    readonly Mtls: { readonly Timeout: string } & CodeGroup;
  };

  /** What OrchestratorClient does when an invocation fails: throw (by default), or go on. */
  export const ErrorStrategy: { readonly EXIT_ON_ERROR: string; readonly CONTINUE_ON_ERROR: string };

  export const LpServices: import("./clients.d.ts").ServiceNames & { readonly AUDITLOG: "auditLog" };
  export const ConversationContentTypes: import("./clients.d.ts").ConversationContentTypeNames;
  export const SDETypes: import("./clients.d.ts").SDETypeNames & { readonly ORDER_ID: "orderId" };

  /** The secrets that SecretClients have read, for all of the process. */
  export const globalSecretCache: Map<string, unknown>;
}

/** What `fetch` answers with. */
interface Response {
  /** Gives any value, as the HTTP client of V1 did: what a service answers is not known here. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the DOM declares it
  json(): Promise<any>;
}

declare namespace NodeJS {
  /** What the platform of V2 sets. */
  interface ProcessEnv {
    /** The account of the function. */
    X_LIVEPERSON_BRAND_ID?: string;
    X_LIVEPERSON_FUNCTION_UUID?: string;
    X_LIVEPERSON_PROJECT_ID?: string;
    X_LIVEPERSON_CSDS_DOMAIN?: string;
  }
}
