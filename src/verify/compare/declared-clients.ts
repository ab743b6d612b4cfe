import { isDeepStrictEqual } from "node:util";
import { isError } from "./nodes.ts";

/** The clients whose errors the two toolbelts make in their own ways. */
const COMPONENTS = new Set<unknown>(["ConversationUtil", "SDEsUtil", "GDPRUtil", "ContextServiceClient"]);

/** A plain error of a V1 client against the ToolBeltError, or the TypeError, with which the V2 client fails then. */
export function isClientErrorPair(legacy: unknown, modern: unknown): boolean {
  if (!isError(legacy) || !isError(modern) || !/^(?:Type)?Error$/.test(legacy.name)) return false;
  if (COMPONENTS.has(modern.fields["component"])) return true;
  if (legacy.message === "Please provide one or more SDEs") return modern.name === "TypeError";
  const isUnknown = (code: unknown): boolean =>
    typeof code === "string" && /^com\.liveperson\.context-service-sdk\.unkn?own$/.test(code);
  return isUnknown(legacy.fields["code"]) && isUnknown(modern.fields["code"]);
}

/** Messages and codes of both sides that are handed on by themselves, or in other texts. */
export function neutralClientText(text: string): string {
  return text
    .replace(/Error while fetching conversation "[^"]*": /g, "")
    .replace(/Please provide one or more SDEs|Cannot read properties of undefined \(reading 'length'\)/g, "<no SDEs>")
    .replace(/Error while setting SDEs: 400 - \{\}|Setting SDEs failed with status 400/g, "<setting SDEs failed>")
    .replace(/com\.liveperson\.context-service-sdk\.unkn?own/g, "<unknown error>")
    .replace(/Unk(?:n)?own Error (\d+) occurr?ed/g, "<unknown error $1>")
    .replace(/Unable to replace image \S+: Unable to authorize at Swift: 401/g, "Unable to authorize at Swift");
}

/** The same body of an invoked function: as a value on one side, as its JSON text on the other. */
export function isBodyPair(legacy: unknown, modern: unknown): boolean {
  const [text, value] = typeof legacy === "string" ? [legacy, modern] : [modern, legacy];
  if (typeof text !== "string" || typeof value !== "object" || value === null) return false;
  try {
    return isDeepStrictEqual(JSON.parse(text), value);
  } catch {
    return false;
  }
}
