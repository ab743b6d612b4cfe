// @ts-nocheck

// V2 throws where a conversation has no SDEs; V1 gave empty lists.
export function readSDEs(sdeUtil, conversation) {
  const record = conversation?.conversationHistoryRecords?.[0];
  if (record && !record.sdes && !record.unAuthSdes) {
    return { sdes: { events: [] }, unAuthSdes: { events: [] } };
  }
  return sdeUtil.getSDEsFromConv(conversation);
}

// V2 takes the first record alone and throws where there are no messages; V1 took the messages of all records.
export async function replaceFiles(gdprUtil, conversation, credentials, ...options) {
  const records = conversation?.conversationHistoryRecords ?? [];
  const messageRecords = records.flatMap((record) => record.messageRecords ?? []);
  if (conversation && credentials != null && messageRecords.length === 0) {
    return [];
  }
  const whole = conversation && { ...conversation, conversationHistoryRecords: [{ ...records[0], messageRecords }] };
  return gdprUtil.replaceConversationFiles(whole, credentials, ...options);
}
