import type { RepeatedHelper } from "../migrate/run-result.ts";
import { printable } from "../platform/printable.ts";
import type { Section } from "./layout.ts";
import { cut, wrap } from "./layout.ts";
import type { SectionStyle } from "./sections.ts";
import { plural } from "./words.ts";

/** Where the copies of a helper function stand, as `path:line`. */
export function placesOf({ places }: RepeatedHelper): string[] {
  return places.map(({ path, line }) => `${path}:${String(line)}`);
}

/** Helper functions that several files hold, with their places. */
export function repeatedSection(repeated: readonly RepeatedHelper[], style: SectionStyle): Section {
  const { colors, width, inFull } = style;
  return {
    heading:
      colors.bold(`SAME CODE IN SEVERAL FILES (${plural(repeated.length, "helper")})`) + colors.dim("   only a hint"),
    items: repeated.map((helper) => {
      const line = `  ${printable(helper.name)}   ${colors.dim(printable(placesOf(helper).join(", ")))}`;
      return { full: wrap(line, width, 6), brief: [cut(line, width)] };
    }),
    rest: (left) => `  … and ${plural(left.length, "more helper")}   ${colors.dim(inFull)}`,
  };
}

/** The same in one sentence; nothing where no file repeats another. */
export function repeatedLines(repeated: readonly RepeatedHelper[], { width, inFull }: SectionStyle): string[] {
  const [first, ...more] = repeated;
  if (first === undefined) return [];
  const others = more.length === 0 ? "" : `, and ${plural(more.length, "more helper")} in several`;
  const text = `Hint: ${printable(first.name)} has the same code in ${String(first.places.length)} files${others} (${inFull}).`;
  return wrap(text, width, 2);
}
