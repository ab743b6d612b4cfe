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
  switch (method) {
    case "scanConversationForKeywords":
      return [];
    case "getSDEsFromConv":
      return { sdes: { events: [] }, unAuthSdes: { events: [] } };
    case "connectToSalesforce":
      return {};
    case "addSDEs":
      return Promise.resolve(undefined);
    case "replaceConversationFiles":
    case "invoke":
      return Promise.resolve([]);
    case "getConversationById":
      return Promise.resolve({ conversationHistoryRecords: [{ info: {}, messageRecords: [] }] });
    default:
      return Promise.resolve({});
  }
}
