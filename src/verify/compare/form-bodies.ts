import { isSamePairs, isSameSearch } from "./search-params.ts";

interface FormRule {
  readonly id: string;
  /** What the body of V2 looks like: no other one is such a form. */
  readonly form: RegExp;
  readonly isSame: (legacy: string, modern: string) => boolean;
}

const SEARCH = /^[\w.*+%&=-]*$/u;

/** What accounts for the text of a form. */
const RULES: readonly FormRule[] = [
  { id: "form-encoding", form: SEARCH, isSame: isSameSearch },
  { id: "form-spaces", form: SEARCH, isSame: isSamePairs },
  { id: "multipart-form", form: /^--boundary\r\n/u, isSame: isBrokenAlike },
];

/** True for the same texts but for their line breaks, which are CR LF now; files stay as they are. */
function isBrokenAlike(legacy: string, modern: string): boolean {
  const parts = legacy.split("--boundary");
  const written = parts.map((part) => (part.includes("; filename=") ? part : part.replaceAll(/\r\n?|\n/gu, "\r\n")));
  return written.join("--boundary") === modern;
}

/** True for two bodies that are the same form but for what is declared. */
export function isFormExplained(
  legacy: string | undefined,
  modern: string | undefined,
  declared: readonly string[],
): boolean {
  return (
    legacy !== undefined &&
    modern !== undefined &&
    RULES.some(({ id, form, isSame }) => declared.includes(id) && form.test(modern) && isSame(legacy, modern))
  );
}
