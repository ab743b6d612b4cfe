/** Members that every object inherits: `constructor`, `toString`, `hasOwnProperty` … */
export const objectMembers: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
/** Members of every array. */
export const arrayMembers: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Array.prototype),
  ...objectMembers,
]);
/** Members of every text. */
export const stringMembers: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(String.prototype),
  ...objectMembers,
]);

/** What only a CommonJS script has. */
export const commonJsNames: ReadonlySet<string> = new Set(["module", "exports", "require", "__dirname", "__filename"]);

/**
 * Names that code can read though it declares them nowhere. Not those of the Node.js that runs the migration: the same
 * file must get the same result everywhere. Source: Node.js 22, which V2 runs on.
 */
const nodeGlobals: ReadonlySet<string> = new Set(
  `AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Blob Boolean
  BroadcastChannel Buffer ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent
  DOMException DataView Date DecompressionStream Error EvalError Event EventTarget File FinalizationRegistry
  Float32Array Float64Array FormData Function Headers Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map
  Math MessageChannel MessageEvent MessagePort NaN Navigator Number Object Performance PerformanceEntry PerformanceMark
  PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming Promise Proxy
  RangeError ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
  ReadableStreamDefaultController ReadableStreamDefaultReader ReferenceError Reflect RegExp Request Response Set
  SharedArrayBuffer String SubtleCrypto Symbol SyntaxError TextDecoder TextDecoderStream TextEncoder TextEncoderStream
  TransformStream TransformStreamDefaultController TypeError URIError URL URLSearchParams Uint16Array Uint32Array
  Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly WebSocket WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearImmediate clearInterval clearTimeout
  console crypto decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval fetch global globalThis isFinite
  isNaN navigator parseFloat parseInt performance process queueMicrotask setImmediate setInterval setTimeout
  structuredClone undefined unescape`.split(/\s+/u),
);

/** True for a global of Node.js; the global object inherits the members of every object. */
export function isNodeGlobal(name: string): boolean {
  return nodeGlobals.has(name) || objectMembers.has(name);
}
