/** The toolbelt package of V1. */
export const legacyToolbelt = "lp-faas-toolbelt";
/** The toolbelt package of V2. */
export const modernToolbelt = "core-functions-toolbelt";

/**
 * What V2 exports; importing any other name is a link error that takes the function down.
 * Source: the platform's command line 2.0.6-beta, src/shared/core-functions-toolbelt.
 */
export const modernExports: ReadonlySet<string> = new Set([
  "Toolbelt",
  "ErrorCodes",
  "ToolBeltError",
  "ConversationContentTypes",
  "SDETypes",
  "ErrorStrategy",
  "LpServices",
  "globalSecretCache",
]);

/**
 * The members of the objects of constants that both toolbelts export. Services are looked up by their exact names.
 * Source: both toolbelts.
 */
export const serviceNames: ReadonlyMap<string, string> = new Map([
  ["MSG_HIST", "msgHist"],
  ["AGENT_VEP", "agentVep"],
  ["ACCOUNT_CONFIG_READ_ONLY", "accountConfigReadOnly"],
  ["ACCOUNT_CONFIG_READ_WRITE", "accountConfigReadWrite"],
  ["ASYNC_MESSAGING", "asyncMessaging"],
  ["ASYNC_MESSAGING_EN", "asyncMessagingEnt"],
  ["ENG_HIST_DOMAIN", "engHistDomain"],
  ["RTBF", "rtbf"],
  ["AUDITLOG", "auditLog"],
  ["SMT", "smt"],
  ["PUSHER", "pusher"],
  ["LE_DATA_REPORTING", "leDataReporting"],
  ["MSG_EWT_API", "msgEwtAPI"],
  ["MSDKGW", "msdkgw"],
]);

/** Objects of constants whose members are known, by the name under which the toolbelt exports them. */
export const constantMembers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["LpServices", new Set(serviceNames.keys())],
  ["ErrorStrategy", new Set(["EXIT_ON_ERROR", "CONTINUE_ON_ERROR"])],
]);

/** What becomes of a client factory of the V1 toolbelt in V2. */
type Migration =
  /** `fetch`: replaced by native fetch · `same`: works unchanged. */
  | { readonly migration: "fetch" | "same" }
  /** `converted`: its calls are rewritten by the step `by`, because of `how`; nothing in the result tells that it ran. */
  | { readonly migration: "converted"; readonly by: string; readonly how: string }
  /** `changed`: needs a person, because of `how`. */
  | { readonly migration: "changed"; readonly how: string };

/** A client factory of the V1 toolbelt. */
export type Factory = Migration & {
  /** True when one client can serve all invocations, as the platform recommends. */
  readonly isShareable?: true;
};

/** A client that toolbelt-clients converts. */
function converted(how: string, isShareable = false): Factory {
  return { migration: "converted", by: "toolbelt-clients", how, ...(isShareable && { isShareable }) };
}

/**
 * The factories of the V1 toolbelt.
 * Source: the V1 toolbelt as shipped with the platform's command line 1.31.12, and its documentation.
 */
export const legacyFactories: ReadonlyMap<string, Factory> = new Map(
  Object.entries<Factory>({
    HTTPClient: { migration: "fetch" },
    SecretClient: { migration: "same", isShareable: true },
    LpClient: {
      migration: "converted",
      by: "lp-client-to-response",
      how: "OAuth 2 instead of OAuth 1, and it answers with a fetch Response",
    },
    ConversationUtil: converted("its errors and messages differ", true),
    SDEUtil: converted("it throws where V1 returned empty lists", true),
    GDPRUtil: converted("it handles the first conversation record only", true),
    ContextServiceClient: converted("it takes only the API key and works on the own account"),
    MTLSClient: converted("it accepts self-signed certificates unless told otherwise"),
    OrchestratorClient: converted("it answers with text unless `json` is set", true),
    SFClient: converted("it is deprecated in favour of jsforce, whose V2 version has no callbacks"),
  }),
);

/**
 * The factories that V2 has, but calls deprecated, with what takes their place.
 * Source: the interface of the V2 toolbelt as shipped with the platform's command line 2.0.6-beta.
 */
export const deprecatedFactories: ReadonlyMap<string, string> = new Map([
  ["SFClient", '`import { Connection } from "@jsforce/jsforce-node";`'],
]);

/** The types that V2's toolbelt declares, as this package's declarations of it do. */
export const modernTypes: ReadonlySet<string> = new Set([
  ...modernExports,
  "ContextServiceClient",
  "Conversation",
  "ConversationUtil",
  "CsdsClient",
  "GDPRUtil",
  "LPMtlsClient",
  "Lambda",
  "LambdaEvent",
  "LambdaInput",
  "LambdaResult",
  "LpClient",
  "LpClientOptions",
  "MTLSClient",
  "OrchestratorClient",
  "OrchestratorOptions",
  "SDEUtil",
  "SFClient",
  "SecretClient",
  "SecretEntry",
]);
