import {
  ConversationContentTypes,
  ErrorCodes,
  ErrorStrategy,
  LpServices,
  SDETypes,
  SecretError,
  Toolbelt,
} from "lp-faas-toolbelt";
import type { HttpOptions, Lambda, LambdaCallback, LambdaInput } from "lp-faas-toolbelt";

import { assertType } from "./equal.ts";
import type { Equal } from "./equal.ts";

export function requests(): void {
  const http = Toolbelt.HTTPClient();
  void http("https://example.com", { json: true, simple: false, resolveWithFullResponse: true });
  void http({ uri: "https://example.com", method: "POST", form: { a: 1 } });
  void http.post("https://example.com", { body: { a: 1 }, json: true });
  void http.defaults({ headers: { A: "1" } }).get("https://example.com");
  assertType<Equal<HttpOptions["timeout"], number | undefined>>();
  // @ts-expect-error -- an option of axios
  void http("https://example.com", { params: { a: 1 } });
}

export async function clients(): Promise<void> {
  const secret = await Toolbelt.SecretClient().readSecret("apiKey");
  assertType<Equal<typeof secret.key, string>>();
  // @ts-expect-error -- the member is called `value`
  void secret.val;
  void Toolbelt.LpClient()(LpServices.AUDITLOG, "/path", { json: true, appKeySecretName: "keys" });
  // @ts-expect-error -- without options it throws
  void Toolbelt.LpClient()(LpServices.AUDITLOG, "/path");
  Toolbelt.ContextServiceClient({ apiKey: "key", accountId: "1234" });
  // @ts-expect-error -- V1 takes the account too
  Toolbelt.ContextServiceClient("key");
  const conversation = await Toolbelt.ConversationUtil().getConversationById("id", [ConversationContentTypes.SDES]);
  Toolbelt.SDEUtil().getSDEsFromConv(conversation);
  await Toolbelt.SDEUtil().addSDEs([{ type: SDETypes.LEAD }], "visitor", "session");
  await Toolbelt.OrchestratorClient().invoke([{ uuid: "id" }], 10_000, { errorStrategy: ErrorStrategy.EXIT_ON_ERROR });
  // @ts-expect-error -- it belongs to V2
  void Toolbelt.CsdsClient;
  // @ts-expect-error -- it belongs to V2
  void Toolbelt.LPMtlsClient;
}

export function errors(error: unknown): string | undefined {
  return error instanceof SecretError && error.code === ErrorCodes.Secret.NotFound ? error.message : undefined;
}

assertType<Equal<typeof LpServices.AUDITLOG, "auditlog">>();
// @ts-expect-error -- it belongs to V2
void SDETypes.ORDER_ID;
assertType<Equal<typeof process.env.BRAND_ID, string | undefined>>();

export function lambda(
  input: LambdaInput<"Conversational Command">,
  callback: LambdaCallback<"Conversational Command">,
) {
  const [first] = input.payload.arguments;
  if (first === undefined) callback(new Error("no argument"));
  else callback(null, first);
  callback();
  callback(undefined, Promise.resolve(7));
  // @ts-expect-error -- an object is no answer to a command
  callback(null, { first });
}

assertType<Equal<typeof lambda extends Lambda<"Conversational Command"> ? true : false, true>>();
