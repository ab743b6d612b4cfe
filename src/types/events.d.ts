/*
 * What the platform gives to `lambda` and takes from it. Both platforms do the same here, but for how the result is
 * handed over. Source: the platform's pages on event sources and templates.
 */

/** A header of the request that invoked the function. */
export interface LambdaHeader {
  key: string;
  value: string;
}

/** A member that the documentation of the event does not list; what it holds depends on the event's source. */
interface OpenPayload {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- code that reads an undocumented member shall compile
  [member: string]: any;
}

/** The payload of the messaging events. */
export interface MessagingPayload extends OpenPayload {
  general: { cbotEventType?: string } & OpenPayload;
}

/** The payload of a conversational command: what an agent typed behind a slash. */
export interface CommandPayload extends OpenPayload {
  conversationId: string;
  arguments: string[];
}

/** Sends a message to the conversation. */
export interface SystemMessage {
  type: "systemMessage";
  text: string;
}

/** Moves the conversation to a skill or an agent. */
export interface Transfer {
  type: "transfer";
  skillId?: number | string;
  agentId?: number | string;
}

/** Ends the conversation. */
export interface CloseConversation {
  type: "closeConversation";
}

/** What a function of a messaging event asks for; the first of each type counts. */
export type MessagingCommand = SystemMessage | Transfer | CloseConversation;

/** Whom the transcript of a chat is sent to. */
export interface TranscriptMail {
  targetEmail: string;
  senderName: string;
  senderEmail: string;
  subject: string;
}

/** The answer of a bot; an empty one is an error. */
export interface BotAnswer {
  messages: unknown[];
  context?: { action?: string; actionParameters?: unknown; [member: string]: unknown };
}

/** What a messaging event gives and takes. */
interface MessagingEvent {
  payload: MessagingPayload;
  result: MessagingCommand | MessagingCommand[] | undefined;
}

/** An event whose payload has no documented form. */
interface OpenEvent<Result> {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller decides what it is
  payload: any;
  result: Result;
}

/** The events by the names that `config.json` has for them. */
export interface LambdaEvents {
  /** Invoked by Conversation Builder, a schedule, another function or a client: any JSON value. */
  "No Event": OpenEvent<unknown>;
  "Messaging New Conversation": MessagingEvent;
  "Messaging Conversation End": MessagingEvent;
  "Messaging Conversation Idle": MessagingEvent;
  "Messaging Conversation Routing": MessagingEvent;
  "Messaging Line in Off-Hours": MessagingEvent;
  "Messaging Consumer Step Up": MessagingEvent;
  "Messaging Participants Change": MessagingEvent;
  "Messaging TTR": MessagingEvent;
  /** The result is ignored. */
  "Messaging Survey Started": OpenEvent<unknown>;
  /** The result is ignored. */
  "Messaging Survey Ended": OpenEvent<unknown>;
  /** The result is shown to the agent; without one, a general confirmation is. */
  "Conversational Command": { payload: CommandPayload; result: string | number | undefined };
  "Chat Post Survey E-Mail Transcript": OpenEvent<TranscriptMail[]>;
  "Third-Party Bots Custom Integration": OpenEvent<BotAnswer>;
  /** The result is the payload that the bot gets. */
  "Third-Party Bots Pre Hook": OpenEvent<unknown>;
  /** The result is the bot's response that the conversation gets. */
  "Third-Party Bots Post Hook": OpenEvent<unknown>;
  /** The result is ignored. */
  "Third-Party Bots Error Hook": OpenEvent<unknown>;
}

/** The name of an event. */
export type LambdaEvent = keyof LambdaEvents;

/** What `lambda` is called with. */
export interface LambdaInput<Event extends LambdaEvent = "No Event"> {
  /** When the function was invoked, in milliseconds since 1970. */
  timestamp: number;
  headers: LambdaHeader[];
  payload: LambdaEvents[Event]["payload"];
}

/** What `lambda` answers: in V2 it returns this, in V1 it gives it to the callback. */
export type LambdaResult<Event extends LambdaEvent = "No Event"> = LambdaEvents[Event]["result"];
