/// <reference types="node" />

/*
 * The toolbelt of V1. Source: the toolbelt as shipped with the platform's command line 1.31.12; its documentation for
 * what only the platform has. A test compares the names with the tables that the migration works by.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- what services answer has no type of its own */

declare module "lp-faas-toolbelt" {
  /** The name of an event. */
  export type LambdaEvent = import("./events.d.ts").LambdaEvent;
  /** What `lambda` is called with: `LambdaInput<"Messaging New Conversation">`. */
  export type LambdaInput<Event extends LambdaEvent = "No Event"> = import("./events.d.ts").LambdaInput<Event>;
  /** What `lambda` gives to its callback: `LambdaResult<"Conversational Command">`. */
  export type LambdaResult<Event extends LambdaEvent = "No Event"> = import("./events.d.ts").LambdaResult<Event>;
  /** What ends an invocation: its first call counts. Anything but `null` and `undefined` is an error. */
  export type LambdaCallback<Event extends LambdaEvent = "No Event"> = (
    error?: any,
    result?: LambdaResult<Event> | Promise<LambdaResult<Event>>,
  ) => void;
  /** The handler of a function: `Lambda<"Messaging TTR">`. What it returns is ignored. */
  export type Lambda<Event extends LambdaEvent = "No Event"> = (
    input: LambdaInput<Event>,
    callback: LambdaCallback<Event>,
  ) => unknown;

  export type SecretEntry<Value = any> = import("./clients.d.ts").SecretEntry<Value>;
  export type Conversation = import("./clients.d.ts").Conversation;
  export type ConversationUtil = import("./clients.d.ts").ConversationUtil;
  export type SDEUtil = import("./clients.d.ts").SDEUtil;
  export type GDPRUtil = import("./clients.d.ts").GDPRUtil;
  export type ContextServiceClient = import("./clients.d.ts").ContextServiceClient;
  export type SFClient = import("./clients.d.ts").SFClient;

  /** Reads and writes secrets; nothing is kept. */
  export interface SecretClient {
    /** @throws SecretError where there is no such secret */
    readSecret<Value = any>(key: string): Promise<SecretEntry<Value>>;
    /**
     * Writes a secret that exists.
     *
     * @throws SecretError where there is no such secret, or where its text has more than 10000 characters
     */
    updateSecret<Value>(entry: SecretEntry<Value>): Promise<SecretEntry<Value>>;
    /** @deprecated The documentation shows it, but the toolbelt lacks it: calling it throws. Use `updateSecret`. */
    writeSecret<Value>(entry: SecretEntry<Value>): Promise<SecretEntry<Value>>;
    /** @deprecated The documentation shows it, but the toolbelt lacks it: calling it throws. */
    getUsedSecrets(): Promise<SecretEntry[]>;
  }

  /** The options of request 2.88 and request-promise-native, which HTTPClient passes on. */
  export interface HttpOptions {
    uri?: string | URL;
    url?: string | URL;
    baseUrl?: string;
    qs?: any;
    useQuerystring?: boolean;
    qsParseOptions?: any;
    qsStringifyOptions?: any;
    method?: string;
    headers?: Record<string, any>;
    body?: any;
    /** Sends the body as JSON, and parses the answer where it is JSON. */
    json?: any;
    jsonReviver?: (key: string, value: any) => any;
    jsonReplacer?: (key: string, value: any) => any;
    form?: any;
    formData?: any;
    multipart?: any;
    preambleCRLF?: boolean;
    postambleCRLF?: boolean;
    auth?: {
      user?: string;
      username?: string;
      pass?: string;
      password?: string;
      sendImmediately?: boolean;
      bearer?: string | (() => string);
    };
    oauth?: any;
    aws?: any;
    hawk?: any;
    httpSignature?: any;
    jar?: any;
    har?: any;
    /** Whether a status outside 2xx rejects; it does by default. */
    simple?: boolean;
    /** Whether the answer is the whole response instead of its body. */
    resolveWithFullResponse?: boolean;
    transform?: (body: any, response: any, resolveWithFullResponse: boolean) => any;
    transform2xxOnly?: boolean;
    encoding?: string | null;
    gzip?: boolean;
    followRedirect?: boolean | ((response: any) => boolean);
    followAllRedirects?: boolean;
    followOriginalHttpMethod?: boolean;
    maxRedirects?: number;
    removeRefererHeader?: boolean;
    /** Milliseconds. */
    timeout?: number;
    strictSSL?: boolean;
    rejectUnauthorized?: boolean;
    agent?: any;
    agentClass?: any;
    agentOptions?: any;
    pool?: any;
    forever?: boolean;
    ca?: any;
    cert?: any;
    key?: any;
    pfx?: any;
    passphrase?: string;
    proxy?: any;
    tunnel?: boolean;
    proxyHeaderWhiteList?: string[];
    proxyHeaderExclusiveList?: string[];
    localAddress?: string;
    family?: number;
    lookup?: any;
    time?: boolean;
    callback?: (error: any, response: any, body: any) => void;
  }

  /** A request: by its address, by options, or by both. The answer is the body, unless the options ask for more. */
  interface HttpRequest {
    (url: string | URL | HttpOptions, options?: HttpOptions): Promise<any>;
  }

  /** Sends requests as request-promise does. */
  export interface HTTPClient extends HttpRequest {
    get: HttpRequest;
    head: HttpRequest;
    post: HttpRequest;
    put: HttpRequest;
    patch: HttpRequest;
    del: HttpRequest;
    delete: HttpRequest;
    /** A client whose requests have these options unless they give others. */
    defaults(options: HttpOptions): HTTPClient;
    jar(): any;
  }

  /** What LpClient takes: the options of HTTPClient, and the secret that it signs with. */
  export interface LpClientOptions extends HttpOptions {
    /** The secret with the keys of OAuth 1; `lp-faas-default-app-key` by default. */
    appKeySecretName?: string;
  }

  /**
   * Sends a request to a LivePerson service, signed with OAuth 1.
   *
   * @param service a member of `LpServices`
   * @param path with its query; `qs` is not signed
   */
  export type LpClient = (service: string, path: string, options: LpClientOptions) => Promise<any>;

  type MTLSRequest = import("./clients.d.ts").MTLSRequest<any>;

  /** Sends requests with a client certificate. */
  export interface MTLSClient {
    get: MTLSRequest;
    head: MTLSRequest;
    post: MTLSRequest;
    put: MTLSRequest;
    patch: MTLSRequest;
    delete: MTLSRequest;
    options: MTLSRequest;
  }

  /** Invokes other functions. */
  export interface OrchestratorClient {
    /** @param deadline milliseconds for all of them, 25000 at most */
    invoke(
      invocations: readonly import("./clients.d.ts").Invocation[],
      deadline?: number,
      options?: import("./clients.d.ts").OrchestratorOptions,
    ): Promise<import("./clients.d.ts").InvocationResult[]>;
  }

  /** The factories of the clients. */
  interface ToolbeltFactories {
    HTTPClient(): HTTPClient;
    SecretClient(): SecretClient;
    LpClient(): LpClient;
    ConversationUtil(): ConversationUtil;
    SDEUtil(): SDEUtil;
    GDPRUtil(): GDPRUtil;
    /** @throws Error where the key or the account is missing */
    ContextServiceClient(configuration: { apiKey: string; accountId: string }): ContextServiceClient;
    /** Only on the platform: the toolbelt of the command line lacks it. */
    MTLSClient(certificate: import("./clients.d.ts").ClientCertificate): MTLSClient;
    /** Only on the platform: the toolbelt of the command line lacks it. */
    OrchestratorClient(): OrchestratorClient;
    SFClient(): SFClient;
  }

  export const Toolbelt: ToolbeltFactories;

  /** What SecretClient fails with. */
  export class SecretError extends Error {
    constructor(code: string, message: string);
    /** One of `ErrorCodes`. */
    code: string;
  }

  export const ErrorCodes: import("./clients.d.ts").SharedErrorCodes;

  /** Only on the platform: what OrchestratorClient does when an invocation fails. */
  export const ErrorStrategy: { readonly EXIT_ON_ERROR: string; readonly CONTINUE_ON_ERROR: string };

  export const LpServices: import("./clients.d.ts").ServiceNames & { readonly AUDITLOG: "auditlog" };
  export const ConversationContentTypes: import("./clients.d.ts").ConversationContentTypeNames;
  export const SDETypes: import("./clients.d.ts").SDETypeNames;
}

declare namespace NodeJS {
  /** What the platform of V1 sets. */
  interface ProcessEnv {
    /** The account of the function. */
    BRAND_ID?: string;
    LAMBDA_UUID?: string;
  }
}
