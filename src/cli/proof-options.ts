import type { ProofRequest } from "./option-values.ts";

/** The request with what the user left open. */
export async function proofOptions({ scenarios, seed }: ProofRequest): Promise<{ scenarios: number; seed: number }> {
  const { DEFAULT_PROOF } = await import("../verify/function-proof.ts");
  return { scenarios: scenarios ?? DEFAULT_PROOF.scenarios, seed: seed ?? DEFAULT_PROOF.seed };
}
