/** Places at which a rule and its transform may part, and why that is right. */
export interface AgreementException {
  /** The rule, or the transform whose rules are silent. */
  readonly id: string;
  /** What stands at the place. */
  readonly text: RegExp;
  readonly why: string;
}

/** All known exceptions. The law fails for one that nothing needs any more. */
export const agreementExceptions: readonly AgreementException[] = [
  {
    id: "http-client-to-fetch",
    text: /(?<![.\w])HTTPClient\(\)/u,
    why: "The rule reports where `HTTPClient` is taken out of the toolbelt. An earlier step names it at its calls.",
  },
  {
    id: "prefer-fetch",
    text: /^"request-promise"$/u,
    why: "A file that imports the package by `import` is no V1 file any more but for its client, and the transform rewrites those of V1.",
  },
];

/** Rules that report more than their transform can change safely: of these, what has a suggestion is compared. */
export const reportsMore: ReadonlyMap<string, string> = new Map([
  ["global-clients", "a client that goes out of sight is created anew as well, but can't be moved"],
  [
    "parallel-secrets",
    "reads between which something stands wait for each other as well, but can't be joined as they are",
  ],
]);
