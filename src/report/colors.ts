import pico from "picocolors";

export type Colors = ReturnType<typeof pico.createColors>;

/**
 * Colours for one output stream: on a terminal only, never with NO_COLOR (https://no-color.org), and into a pipe with
 * FORCE_COLOR.
 */
export function colorsFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Colors {
  return pico.createColors(wantsColor(isTerminal, env));
}

function wantsColor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  if (isSet(env["FORCE_COLOR"])) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
