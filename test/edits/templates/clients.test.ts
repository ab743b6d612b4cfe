import { describe, expect, it } from "vitest";
import { readSDEs, replaceFiles } from "../../../src/edits/templates/clients.js";

describe("readSDEs", () => {
  const client = { getSDEsFromConv: (conversation: unknown) => ({ of: conversation }) };

  it("gives empty lists for a conversation without SDEs", () => {
    const conversation = { conversationHistoryRecords: [{}] };
    expect(readSDEs(client, conversation)).toEqual({ sdes: { events: [] }, unAuthSdes: { events: [] } });
  });

  it.each([
    [{ conversationHistoryRecords: [{ sdes: {} }] }],
    [{ conversationHistoryRecords: [{ unAuthSdes: {} }] }],
    [{ conversationHistoryRecords: [] }],
    [undefined],
  ])("asks the client about %j", (conversation) => {
    expect(readSDEs(client, conversation)).toEqual({ of: conversation });
  });
});

describe("replaceFiles", () => {
  const client = { replaceConversationFiles: (...args: readonly unknown[]) => args };

  it("puts the messages of all records into the first", async () => {
    const records = [{ info: 1, messageRecords: ["a"] }, {}, { messageRecords: ["b"] }];
    const conversation = { id: 1, conversationHistoryRecords: records };
    const whole = { id: 1, conversationHistoryRecords: [{ info: 1, messageRecords: ["a", "b"] }] };
    expect(await replaceFiles(client, conversation, "credentials", "more")).toEqual([whole, "credentials", "more"]);
  });

  it("gives nothing where there are no messages, but lets the client look at its arguments first", async () => {
    expect(await replaceFiles(client, { conversationHistoryRecords: [{}] }, "credentials")).toEqual([]);
    expect(await replaceFiles(client, {}, "credentials")).toEqual([]);
    expect(await replaceFiles(client, {}, undefined)).toEqual([
      { conversationHistoryRecords: [{ messageRecords: [] }] },
      undefined,
    ]);
    expect(await replaceFiles(client, undefined, "credentials")).toEqual([undefined, "credentials"]);
  });
});
