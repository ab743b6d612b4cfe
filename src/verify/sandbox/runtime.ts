import { simulateFetch } from "../http/fetch.ts";
import { simulateNodeHttp } from "../http/node-http.ts";
import { simulateChance } from "./chance.ts";
import { simulateConsole } from "./console.ts";
import { simulateDates } from "./dates.ts";
import { denyNetwork } from "./denied.ts";
import { noteLateCode } from "./late-code.ts";
import { ModuleLoader } from "./modules.ts";
import { simulateProcess } from "./process.ts";
import type { Stage } from "./stage.ts";
import { simulateTimers } from "./timers.ts";

/** Turns this process into the simulated platform. It can't be turned back. */
export function simulateRuntime(stage: Stage): ModuleLoader {
  const recordUnhandled = (reason: unknown): void => {
    if (stage.current === undefined) throw reason;
    stage.current.run.unhandledIn(reason);
  };
  process.on("unhandledRejection", recordUnhandled);
  process.on("uncaughtException", recordUnhandled);
  simulateFetch(() => stage.current);
  simulateNodeHttp(() => stage.current);
  simulateTimers(stage);
  simulateDates(stage);
  simulateChance(stage);
  noteLateCode(stage);
  const console = simulateConsole(stage);
  // Last: the others still need the real one.
  const facade = simulateProcess(stage);
  denyNetwork(stage);
  return new ModuleLoader(stage, { console, process: facade }, (name, module) => {
    stage.intrinsics.describeModule(name, module);
  });
}
