import type { Path } from "./trace-events.ts";

/** How deep a value may sit in other things before it is lost sight of. */
export const MAX_DEPTH = 6;

/** A promise of what it holds. */
export const PROMISE = "promise";

/** The step to the element at a place, or at any place. */
export function elementStep(index?: number): string {
  return index === undefined ? "[]" : `[${String(index)}]`;
}

/** The step to an element that may not be there: `list[index]`. */
export const INDEXED = "[?]";

/** The step to the member of a name, or to any member. */
export function memberStep(name?: string): string {
  return name === undefined ? ".*" : `.${name}`;
}

/** The path of a value in a holder; undefined where it would be too deep. */
export function within(step: string, path: Path): Path | undefined {
  return path.length < MAX_DEPTH ? [step, ...path] : undefined;
}

/** The path of a value in a promise of what holds it: a promise of a promise is one. */
export function promised(path: Path): Path {
  return path[0] === PROMISE ? path : [PROMISE, ...path];
}

/** What is left of a path behind `await`: of anything but a promise, it gives the same. */
export function awaited(path: Path): Path {
  return path[0] === PROMISE ? path.slice(1) : path;
}

/** What is left of a path when a step is taken out of the holder; undefined where that gives something else. */
export function outOf(path: Path, step: string): Path | undefined {
  const [outer, ...rest] = path;
  if (outer === undefined || outer === PROMISE || outer.charAt(0) !== step.charAt(0)) {
    return undefined;
  }
  const isAny = [outer, step].some((each) => each === elementStep() || each === memberStep() || each === INDEXED);
  return isAny || outer === step ? rest : undefined;
}

/** True when the value sits in a list. */
export function isInList(path: Path): boolean {
  return path[0]?.startsWith("[") === true;
}

/** The same in a list whose elements have other places. */
export function anywhere(path: Path): Path {
  return isInList(path) && path[0] !== INDEXED ? [elementStep(), ...path.slice(1)] : path;
}
