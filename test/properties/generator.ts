import { layout, lines } from "./layout.ts";
import { operationsIn } from "./scenarios.ts";
import * as chains from "./shapes/chains.ts";
import * as forms from "./shapes/forms.ts";
import * as loops from "./shapes/loops.ts";
import * as nested from "./shapes/nested.ts";
import * as others from "./shapes/others.ts";
import * as plain from "./shapes/plain.ts";
import * as tries from "./shapes/tries.ts";
import type { Template } from "./templates.ts";

/** One program of the enumeration; `index` is its number, the same in every run. */
export interface GeneratedProgram {
  readonly index: number;
  readonly shape: string;
  readonly text: string;
}

/** `declared`: the operations are async functions of the file, so that they can't throw before they return. */
type Operations = "unknown" | "declared" | "both";

const SHAPES: readonly (readonly [name: string, operations: Operations, list: () => Generator<Template>])[] = [
  ["one call", "unknown", plain.oneCall],
  ["two calls", "unknown", plain.twoCalls],
  ["alias and helper", "both", plain.aliases],
  ["if / else", "unknown", plain.branches],
  ["switch", "unknown", plain.switches],
  ["loop", "unknown", loops.loops],
  ["array method", "unknown", loops.arrayMethods],
  ["try / catch", "both", tries.tryCatch],
  ["try / finally", "unknown", tries.tryFinally],
  ["try, not async", "unknown", tries.syncTries],
  ["try in try", "unknown", tries.nestedTries],
  ["then", "both", chains.oneLink],
  ["then and catch", "both", chains.thenCatch],
  ["then, then, catch", "declared", chains.threeLinks],
  ["chain with finally", "declared", chains.finallyLinks],
  ["chain on another start", "unknown", chains.otherStarts],
  ["several chains", "declared", chains.severalChains],
  ["inner main", "both", others.innerMains],
  ["timer", "unknown", others.timers],
  ["Node-style reader", "unknown", others.nodeStyle],
  ["names", "unknown", others.names],
  ["container", "both", nested.containing],
  ["container in container", "declared", nested.nesting],
  ["form of the handler", "unknown", forms.handlerForms],
];

function declaration(body: string, isAsync: boolean): string {
  return lines(`${isAsync ? "async " : ""}function lambda(input, callback) {`, body, "}");
}

/** The parts of a file, not laid out yet. */
function partsOf({ body, isAsync, module = "", handler = declaration }: Template, areDeclared: boolean): string[] {
  const operations = areDeclared ? operationsIn(body) : [];
  const declarations = operations.map((name) =>
    lines(`async function ${name}(value) {`, `return operation("${name}", value);`, "}"),
  );
  return [...declarations, module, handler(body, isAsync)].filter((part) => part !== "");
}

function written(parts: readonly string[]): string {
  return `${parts.map(layout).join("\n\n")}\n`;
}

/** Writes a template as a file. */
export function fileOf(template: Template, areDeclared: boolean): string {
  return written(partsOf(template, areDeclared));
}

function* inShapes(): Generator<{ shape: string; parts: string[] }> {
  for (const [name, operations, list] of SHAPES) {
    if (operations !== "declared") {
      for (const template of list()) {
        yield { shape: name, parts: partsOf(template, false) };
      }
    }
    if (operations !== "unknown") {
      for (const template of list()) {
        yield { shape: operations === "both" ? `${name} (declared)` : name, parts: partsOf(template, true) };
      }
    }
  }
}

/** All programs, each text once, in a fixed order. */
export function allPrograms(): Generator<GeneratedProgram> {
  return samplePrograms(1);
}

/** Every `stride`-th program from `offset` on. A prime stride meets all alternatives of all holes sooner or later. */
export function* samplePrograms(stride: number, offset = 0): Generator<GeneratedProgram> {
  const known = new Set<string>();
  for (const { shape, parts } of inShapes()) {
    // To lay out those that nobody asks for would cost most of the time.
    const key = parts.join("\n\n");
    const index = known.size;
    known.add(key);
    if (known.size > index && index % stride === offset) {
      yield { index, shape, text: written(parts) };
    }
  }
}
