/** Reasons that a run finds only when it is asked for them, with the option that asks. */
export const askedReasons: ReadonlyMap<string, "--verify" | "--typecheck" | "--interactive"> = new Map([
  ["runs-differ", "--verify"],
  ["never-answers", "--verify"],
  ["skipped", "--interactive"],
  ["type-error", "--typecheck"],
]);
