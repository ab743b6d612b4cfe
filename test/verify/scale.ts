/** `npm test` looks at a few, `npm run test:verify` at a sample, and `VERIFY=all npm run test:verify` at all. */
export type Scale = "few" | "sample" | "all";

const asked = process.env["VERIFY"];

const scale: Scale = asked === "all" || asked === "sample" ? asked : "few";

/** Whether nothing is left out. */
export const isWhole = scale === "all";

/** Every so manieth of a list, by scale; the whole list where nothing is said. */
export function someOf<T>(list: readonly T[], every: Partial<Record<Scale, number>>): T[] {
  const stride = every[scale] ?? 1;
  return list.filter((_, index) => index % stride === 0);
}
