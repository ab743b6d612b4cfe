import {
  ConversationContentTypes,
  ErrorCodes,
  ErrorStrategy,
  globalSecretCache,
  LpServices,
  SDETypes,
  ToolBeltError,
  Toolbelt,
} from "core-functions-toolbelt";
import type {
  Conversation,
  Lambda,
  LambdaEvent,
  LambdaInput,
  LambdaResult,
  LpClientOptions,
} from "core-functions-toolbelt";

import { assertType } from "./equal.ts";
import type { Equal } from "./equal.ts";

/* The clients. */

export async function secrets(): Promise<void> {
  const client = Toolbelt.SecretClient();
  Toolbelt.SecretClient({ cache: { ttl: 60_000 } });
  const secret = await client.readSecret("apiKey");
  assertType<Equal<typeof secret.key, string>>();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a secret can be any JSON value
  assertType<Equal<typeof secret.value, any>>();
  const typed = await client.readSecret<{ id: string }>("login", { useCache: false, timeout: 1000 });
  assertType<Equal<typeof typed.value.id, string>>();
  const written = await client.updateSecret({ key: "count", value: 1 });
  assertType<Equal<typeof written.value, number>>();
  // @ts-expect-error -- the member is called `value`
  void secret.val;
  // @ts-expect-error -- the option is called `useCache`
  void client.readSecret("apiKey", { cache: false });
  // @ts-expect-error -- an entry is one argument
  void client.updateSecret("count", 1);
  // @ts-expect-error -- secrets can't be removed
  void client.deleteSecret;
}

export async function services(): Promise<void> {
  const lpClient = Toolbelt.LpClient();
  const response = await lpClient(LpServices.MSG_HIST, "/path", {
    method: "POST",
    appKeySecretName: "appKey",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ a: 1 }),
    signal: AbortSignal.timeout(1000),
  });
  assertType<Equal<typeof response, Response>>();
  void lpClient("anotherService", "/path", {});
  // @ts-expect-error -- fetch's Response has `status`
  void response.statusCode;
  // @ts-expect-error -- without options it throws
  void lpClient(LpServices.MSG_HIST, "/path");
  // @ts-expect-error -- fetch does not know `json`
  void lpClient(LpServices.MSG_HIST, "/path", { json: true });
  // @ts-expect-error -- nor `qs`
  void lpClient(LpServices.MSG_HIST, "/path", { qs: { a: 1 } });
  // @ts-expect-error -- a body is a text
  void lpClient(LpServices.MSG_HIST, "/path", { method: "POST", body: { a: 1 } });
  // @ts-expect-error -- a Headers object would be lost
  void lpClient(LpServices.MSG_HIST, "/path", { headers: new Headers() });
  const options = { method: "GET", simple: false };
  // @ts-expect-error -- nor when the options stand elsewhere
  void lpClient(LpServices.MSG_HIST, "/path", options);
  assertType<Equal<LpClientOptions["appKeySecretName"], string | undefined>>();
}

export async function conversations(): Promise<void> {
  const util = Toolbelt.ConversationUtil();
  const conversation = await util.getConversationById("id", [ConversationContentTypes.MESSAGE_RECORDS, "sdes"]);
  assertType<Equal<typeof conversation, Conversation>>();
  const matches = util.scanConversationForKeywords(conversation, ["help"]);
  assertType<Equal<keyof (typeof matches)[number], "message" | "sentTimestamp" | "sentBy" | "tag">>();
  assertType<Equal<(typeof matches)[number]["sentTimestamp"], number>>();
  const { sdes, unAuthSdes } = Toolbelt.SDEUtil().getSDEsFromConv(conversation);
  void [...sdes.events, ...unAuthSdes.events];
  await Toolbelt.SDEUtil().addSDEs([{ type: SDETypes.ORDER_ID, orderId: "7" }], "visitor", "session");
  const paths = await Toolbelt.GDPRUtil().replaceConversationFiles(
    conversation,
    { username: "user", password: "word" },
    (path) => path.endsWith(".png"),
  );
  assertType<Equal<typeof paths, string[]>>();
  // @ts-expect-error -- credentials are needed
  void Toolbelt.GDPRUtil().replaceConversationFiles(conversation);
  // @ts-expect-error -- a conversation is looked up by its text
  void util.getConversationById(7);
  // @ts-expect-error -- it belongs to ConversationUtil
  void Toolbelt.GDPRUtil().getConversationById;
}

export async function store(): Promise<void> {
  const client = Toolbelt.ContextServiceClient("api-key");
  const namespace = await client.createNamespace("orders", { ttl: 60 });
  assertType<Equal<typeof namespace.ttlSecond, number | undefined>>();
  await client.setPropertiesInNamespace("orders", { state: "sent" }, "session");
  assertType<Equal<Awaited<ReturnType<typeof client.getListOfSessions>>, string[]>>();
  // @ts-expect-error -- V2 takes the key alone
  Toolbelt.ContextServiceClient({ apiKey: "api-key" });
  // @ts-expect-error -- and no account
  Toolbelt.ContextServiceClient({ apiKey: "api-key", accountId: "1234" });
  // @ts-expect-error -- the key is needed
  Toolbelt.ContextServiceClient();
  // @ts-expect-error -- a session has to be named
  void client.deleteSession("orders");
}

export async function platform(): Promise<void> {
  const mtls = Toolbelt.MTLSClient({ cert: "cert", key: "key" });
  const answer = await mtls.post("https://example.com", {}, { a: 1 }, { json: true, allowSelfSigned: false });
  assertType<Equal<typeof answer.statusCode, number>>();
  // @ts-expect-error -- GET has no body
  void mtls.get("https://example.com", {}, "body");
  // @ts-expect-error -- `rejectUnauthorized` is an option of V1's HTTPClient
  void mtls.get("https://example.com", {}, undefined, { rejectUnauthorized: false });
  // @ts-expect-error -- the key is needed
  Toolbelt.MTLSClient({ cert: "cert" });
  await Toolbelt.LPMtlsClient().get("https://example.com");
  const [result] = await Toolbelt.OrchestratorClient().invoke([{ uuid: "id", payload: {} }], 10_000, {
    json: true,
    errorStrategy: ErrorStrategy.CONTINUE_ON_ERROR,
  });
  assertType<Equal<Exclude<typeof result, undefined>["statusCode"], number>>();
  assertType<Equal<Awaited<ReturnType<ReturnType<typeof Toolbelt.CsdsClient>["get"]>>, string>>();
  const [host] = await Toolbelt.CsdsClient().getAll();
  assertType<Equal<Exclude<typeof host, undefined>, Record<string, string>>>();
  // @ts-expect-error -- V2 has `fetch` instead
  void Toolbelt.HTTPClient;
  // @ts-expect-error -- it never existed
  void Toolbelt.Logger;
}

/* Errors and constants. */

export function errors(error: unknown): string {
  void globalSecretCache.clear;
  if (!(error instanceof ToolBeltError)) return ErrorCodes.Secret.SystemSecret;
  assertType<Equal<typeof error.code, string>>();
  assertType<Equal<typeof error.component, string>>();
  // @ts-expect-error -- it has no status
  void error.statusCode;
  return error.code === ErrorCodes.Secret.NotFound ? error.message : ErrorCodes.Csds.Failure;
}

assertType<Equal<typeof LpServices.AUDITLOG, "auditLog">>();
assertType<Equal<typeof SDETypes.TRANSACTION, "purchase">>();
assertType<Equal<typeof ConversationContentTypes.DIALOGS, "dialogs">>();
assertType<Equal<typeof process.env.X_LIVEPERSON_BRAND_ID, string | undefined>>();
// @ts-expect-error -- constants are what they are
LpServices.RTBF = "other";
// @ts-expect-error -- there is no such service
void LpServices.NO_SUCH;

/* The handler. */

assertType<Equal<LambdaInput["payload"], LambdaInput<"No Event">["payload"]>>();
assertType<Equal<LambdaInput["headers"][number], { key: string; value: string }>>();
assertType<Equal<LambdaInput["timestamp"], number>>();
assertType<
  Equal<LambdaInput<"Messaging New Conversation">["payload"]["general"]["cbotEventType"], string | undefined>
>();
assertType<Equal<LambdaInput<"Conversational Command">["payload"]["arguments"], string[]>>();
assertType<Equal<LambdaResult<"Conversational Command">, string | number | undefined>>();
// @ts-expect-error -- an event of this name does not exist
export type Unknown = LambdaInput<"Messaging Old Conversation">;

const greet: Lambda<"Messaging New Conversation"> = (input) =>
  Promise.resolve([{ type: "systemMessage", text: String(input.payload.general.cbotEventType) }]);
// @ts-expect-error -- a text is no command
const wrong: Lambda<"Messaging New Conversation"> = () => "hello";
// @ts-expect-error -- V2 gives no callback
const old: Lambda = (input, callback) => {
  void [input, callback];
};
export const handlers = [greet, wrong, old];

assertType<Equal<"Chat Post Survey E-Mail Transcript" extends LambdaEvent ? true : false, true>>();
