/** A function that carries what fetch lacks: its text, in which `$name` stands for the name of another one. */
export interface Helper {
  readonly text: string;
  readonly needs: readonly HelperId[];
}

export type HelperId =
  | "request"
  | "readText"
  | "readJson"
  | "readBuffer"
  | "readAnyBuffer"
  | "readResponse"
  | "readJsonResponse"
  | "readBufferResponse"
  | "readOkResponse"
  | "readOkJsonResponse"
  | "readOkBufferResponse"
  | "parseJson"
  | "statusError"
  | "fullStatusError"
  | "plainResponse"
  | "requestMethod"
  | "requestHeaders"
  | "plainHeaders"
  | "requestBody"
  | "readBody"
  | "timeoutSignal"
  | "joinUrl"
  | "authHeader"
  | "basicAuth"
  | "jsonBody"
  | "rawBody"
  | "formBody"
  | "formText"
  | "jsonText"
  | "isForm"
  | "withQuery"
  | "encodeForm"
  | "encodeChars";
