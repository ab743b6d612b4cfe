/** All that the tool can say about a function, in three tables. */
export { differences } from "./differences.ts";
export type { DifferenceId } from "./differences.ts";
export { followUps } from "./follow-ups.ts";
export type { FollowUpId } from "./follow-ups.ts";
export { reasons } from "./reasons.ts";
export type { ReasonId } from "./reasons.ts";
export { fillSentence, generalSentence } from "./remark-kind.ts";
export type { RemarkKind } from "./remark-kind.ts";
