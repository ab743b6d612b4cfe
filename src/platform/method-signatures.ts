/**
 * What a method of a client needs as an argument. `name`: a text that can't be a number · `entry`: an object with `key`
 * and `value` · `any`: something, whatever it is.
 */
export type ArgumentShape = "text" | "name" | "object" | "entry" | "list" | "any";

const shapes = (...needed: readonly ArgumentShape[]): readonly ArgumentShape[] => needed;

/**
 * The arguments without which a method of a client fails, in order; what may follow them is not listed.
 * Source: the V1 toolbelt as shipped with the platform's command line 1.31.12, and the V2 toolbelt with 2.0.6-beta.
 */
export const methodSignatures: ReadonlyMap<string, ReadonlyMap<string, readonly ArgumentShape[]>> = new Map(
  Object.entries({
    SecretClient: { readSecret: shapes("name"), updateSecret: shapes("entry"), writeSecret: shapes("entry") },
    ConversationUtil: {
      getConversationById: shapes("text"),
      scanConversationForKeywords: shapes("object", "list"),
    },
    SDEUtil: { addSDEs: shapes("any", "text", "text"), getSDEsFromConv: shapes("object") },
    GDPRUtil: { replaceConversationFiles: shapes("object", "object") },
    OrchestratorClient: { invoke: shapes("list") },
    CsdsClient: { get: shapes("name") },
    ContextServiceClient: {
      createNamespace: shapes("text"),
      deleteNamespace: shapes("text"),
      setPropertiesInNamespace: shapes("text", "object"),
      updatePropertiesInNamespace: shapes("text", "object"),
      getAllPropertiesInSession: shapes("text"),
      getSelectedPropertiesInSession: shapes("text", "list"),
      getPropertyInSession: shapes("text", "text"),
      deletePropertyInSession: shapes("text", "text"),
      deleteSession: shapes("text", "text"),
      getListOfSessions: shapes("text"),
    },
  }).map(([factory, methods]) => [factory, new Map(Object.entries(methods))]),
);

/**
 * How many arguments a method of a client looks at: what is more, a callback above all, nobody ever sees.
 * Source: as above; V1 looks at no more than V2.
 */
export const mostArguments: ReadonlyMap<string, number> = new Map(
  Object.entries({
    "SecretClient.readSecret": 2,
    "SecretClient.updateSecret": 2,
    "ConversationUtil.getConversationById": 2,
    "ConversationUtil.scanConversationForKeywords": 2,
    "SDEUtil.addSDEs": 3,
    "SDEUtil.getSDEsFromConv": 1,
    "OrchestratorClient.invoke": 3,
    "CsdsClient.get": 1,
    "CsdsClient.getAll": 0,
  }),
);
