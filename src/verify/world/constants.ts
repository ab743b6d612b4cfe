/** Constants that both toolbelts export; the few values that differ are overridden by each of them. */
export const LP_SERVICES: Readonly<Record<string, string>> = {
  MSG_HIST: "msgHist",
  AGENT_VEP: "agentVep",
  ACCOUNT_CONFIG_READ_ONLY: "accountConfigReadOnly",
  ACCOUNT_CONFIG_READ_WRITE: "accountConfigReadWrite",
  ASYNC_MESSAGING: "asyncMessaging",
  ASYNC_MESSAGING_EN: "asyncMessagingEnt",
  ENG_HIST_DOMAIN: "engHistDomain",
  RTBF: "rtbf",
  SMT: "smt",
  PUSHER: "pusher",
  LE_DATA_REPORTING: "leDataReporting",
  MSG_EWT_API: "msgEwtAPI",
  MSDKGW: "msdkgw",
};

const SECRET = "com.liveperson.faas.secret";

/** Codes of the errors that the simulated toolbelts raise. */
export const ERROR_CODES = {
  Platform: { Secret: { NoToken: `${SECRET}.no-token` } },
  Secret: {
    Invalid: `${SECRET}.invalid-format`,
    Failure: `${SECRET}.op-failed`,
    NotFound: `${SECRET}.not-found`,
    AuthFailure: `${SECRET}.auth-failure`,
  },
  Csds: { NotFound: "com.liveperson.faas.csds.domain.not-found", Failure: "com.liveperson.faas.csds.failure" },
} as const;

/** The methods of the clients that are only recorded so far, by the name of their factory. */
export const RECORDED_CLIENTS: Readonly<Record<string, readonly string[]>> = {
  MTLSClient: ["get", "post", "put", "delete", "patch", "head", "options"],
  OrchestratorClient: ["invoke"],
};
