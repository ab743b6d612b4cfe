import type { Step } from "../edits/step/step.ts";
import { step as answersInPlace } from "../../transforms/answers-in-place.ts";
import { step as callbackToAsync } from "../../transforms/callback-to-async.ts";
import { step as chainsToStatements } from "../../transforms/chains-to-statements.ts";
import { step as declareGlobals } from "../../transforms/declare-globals.ts";
import { step as dropDeadCode } from "../../transforms/drop-dead-code.ts";
import { step as environmentNames } from "../../transforms/environment-names.ts";
import { step as errorObjects } from "../../transforms/error-objects.ts";
import { step as exposeCallback } from "../../transforms/expose-callback.ts";
import { step as exposeClients } from "../../transforms/expose-clients.ts";
import { step as exposeOptions } from "../../transforms/expose-options.ts";
import { step as globalClients } from "../../transforms/global-clients.ts";
import { step as httpClientToFetch } from "../../transforms/http-client-to-fetch.ts";
import { step as lpClientToResponse } from "../../transforms/lp-client-to-response.ts";
import { step as parallelSecrets } from "../../transforms/parallel-secrets.ts";
import { step as promiseChainToAwait } from "../../transforms/promise-chain-to-await.ts";
import { step as removeExports } from "../../transforms/remove-exports.ts";
import { step as requireToImport } from "../../transforms/require-to-import.ts";
import { step as settleByPromise } from "../../transforms/settle-by-promise.ts";
import { step as toolbeltClients } from "../../transforms/toolbelt-clients.ts";

/** One migration step of the pipeline. */
export interface PipelineStep {
  readonly id: string;
  /** One line for `--list`. */
  readonly description: string;
  readonly run: Step;
  /** What it prepares for; see {@link prepare}. */
  readonly prepares?: Preparation;
  /** Among those that prepare for the same step it runs where the others find nothing more. */
  readonly isLastResort?: true;
  /** It leaves the code where it is, so that the last resort can follow it also where others stand in the way. */
  readonly isPlain?: true;
}

/** Which step others prepare for. */
interface Preparation {
  /** The id of that step. */
  readonly for: string;
  /** What is rewritten for it is given up again where it keeps the V1 contract all the same, or left where that was kept before. */
  readonly unless?: "mechanical";
}

/**
 * Steps that rewrite V1 code to V1 code, so that the step behind them understands more. Each does one thing at a time;
 * they run in turn until nothing is left to do.
 */
function prepare(
  preparing: readonly PipelineStep[],
  { for: step, unless }: { readonly for: PipelineStep } & Pick<Preparation, "unless">,
): PipelineStep[] {
  const prepares = { for: step.id, ...(unless === undefined ? {} : { unless }) };
  return [...preparing.map((each) => ({ ...each, prepares })), step];
}

/** The migration steps in the order in which they run. */
export const steps: readonly PipelineStep[] = [
  {
    id: "drop-dead-code",
    description: "Remove what the platform never runs.",
    run: dropDeadCode,
  },
  {
    id: "remove-exports",
    description: "Remove exports, and give the handler its name.",
    run: removeExports,
  },
  {
    id: "declare-globals",
    description: "Declare variables that are assigned but declared nowhere.",
    run: declareGlobals,
  },
  ...prepare(
    [
      {
        id: "expose-clients",
        description: "Give each toolbelt client a constant of its own.",
        run: exposeClients,
      },
      {
        id: "expose-options",
        description: "Write plain code for request options that fetch does not have.",
        run: exposeOptions,
      },
    ],
    {
      for: {
        id: "http-client-to-fetch",
        description: "Turn HTTPClient calls into native fetch.",
        run: httpClientToFetch,
      },
    },
  ),
  {
    id: "toolbelt-clients",
    description: "Use the toolbelt's other clients, errors and names as V2 has them.",
    run: toolbeltClients,
  },
  {
    id: "environment-names",
    description: "Read the platform's environment variables under their V2 names.",
    run: environmentNames,
  },
  {
    id: "lp-client-to-response",
    description: "Adapt LpClient calls to the fetch Response that V2 gives.",
    run: lpClientToResponse,
  },
  {
    id: "error-objects",
    description: "Throw and reject with Errors where V2 would drop the value.",
    run: errorObjects,
  },
  ...prepare(
    [
      {
        id: "expose-callback",
        description: "Rewrite callback calls so that each is its own statement.",
        run: exposeCallback,
        isPlain: true,
      },
      {
        id: "promise-chain-to-await",
        description: "Turn promise chains that call the callback into await and try.",
        run: promiseChainToAwait,
      },
      {
        id: "settle-by-promise",
        description: "Write a promise where a timer, an event or another function calls back.",
        run: settleByPromise,
        isLastResort: true,
      },
    ],
    {
      for: {
        id: "callback-to-async",
        description: "Turn the callback handler into an async function that returns or throws.",
        run: callbackToAsync,
      },
      unless: "mechanical",
    },
  ),
  {
    id: "require-to-import",
    description: "Turn require calls into imports and V1 packages into V2 packages.",
    run: requireToImport,
  },
  {
    id: "global-clients",
    description: "Create toolbelt clients once, in module scope.",
    run: globalClients,
  },
  ...prepare(
    [
      {
        id: "chains-to-statements",
        description: "Write the links of awaited promise chains as statements.",
        run: chainsToStatements,
      },
    ],
    {
      for: {
        id: "parallel-secrets",
        description: "Read independent secrets with Promise.all.",
        run: parallelSecrets,
      },
      unless: "mechanical",
    },
  ),
  {
    id: "answers-in-place",
    description: "Check each response where it is used, without a helper function.",
    run: answersInPlace,
  },
];
