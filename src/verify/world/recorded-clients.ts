import { RECORDED_CLIENTS } from "./constants.ts";
import type { Run } from "./run.ts";

type Factory = (...args: readonly unknown[]) => Record<string, (...args: readonly unknown[]) => unknown>;

/** Factories whose clients do nothing but record each call; every method resolves with `{}` (`[]` for lists). */
export function recordedFactories(run: Run): Record<string, Factory> {
  const factories: Record<string, Factory> = {};
  for (const [name, methods] of Object.entries(RECORDED_CLIENTS)) {
    factories[name] = (...factoryArgs) => {
      if (factoryArgs.length > 0) run.call(name, factoryArgs);
      const client: Record<string, (...args: readonly unknown[]) => unknown> = {};
      for (const method of methods) {
        client[method] = (...args) => {
          run.call(`${name}.${method}`, args);
          return answerOf(method);
        };
      }
      return client;
    };
  }
  return factories;
}

function answerOf(method: string): unknown {
  return Promise.resolve(method === "invoke" ? [] : {});
}
