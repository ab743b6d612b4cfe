/** How a function that takes a callback last gives a promise instead. */
export interface CallbackFunction {
  /** `promises`: by the same name in the module's `promises` · `promisify`: by `util.promisify`. */
  readonly by: "promises" | "promisify";
  /** It may call back before it returns. */
  readonly mayBeAtOnce: boolean;
  /** A number as its first argument is an open file, which the function of the same name in `promises` refuses. */
  readonly takesOpenFile?: boolean;
}

const PROMISES: CallbackFunction = { by: "promises", mayBeAtOnce: false };
const OPEN_OR_NAMED: CallbackFunction = { ...PROMISES, takesOpenFile: true };
const PROMISIFIED: CallbackFunction = { by: "promisify", mayBeAtOnce: false };
const AT_ONCE: CallbackFunction = { by: "promisify", mayBeAtOnce: true };

function all(names: string, how: CallbackFunction): ReadonlyMap<string, CallbackFunction> {
  return new Map(names.split(" ").map((name) => [name, how]));
}

const FILES = new Map([
  ...all(
    "access chmod copyFile lstat mkdir mkdtemp readdir readlink realpath rename rm rmdir stat unlink utimes",
    PROMISES,
  ),
  ...all("appendFile readFile truncate writeFile", OPEN_OR_NAMED),
]);
const NAMES = all("resolve resolve4 resolve6 resolveCname resolveMx resolveNs resolveSrv resolveTxt reverse", PROMISES);
const COMPRESSION = all(
  "brotliCompress brotliDecompress deflate deflateRaw gunzip gzip inflate inflateRaw unzip",
  PROMISIFIED,
);
const CRYPTOGRAPHY = all("generateKey hkdf pbkdf2 randomBytes randomFill randomInt scrypt", PROMISIFIED);

/**
 * The functions that call `(error, result)` once, with an Error or none, by their modules.
 *
 * Source: the documentation of Node.js 18 to 24; jsonwebtoken 9, sign.js and verify.js; xml2js 0.6, parser.js.
 */
const callbackFunctions: ReadonlyMap<string, ReadonlyMap<string, CallbackFunction>> = new Map([
  ["fs", FILES],
  ["dns", NAMES],
  ["zlib", COMPRESSION],
  ["crypto", CRYPTOGRAPHY],
  ["jsonwebtoken", all("sign verify", AT_ONCE)],
  ["xml2js", all("parseString", AT_ONCE)],
]);

/** The function of a module that a path of members names: `("fs", ["readFile"])`. */
export function callbackFunctionOf(source: string, path: readonly string[]): CallbackFunction | undefined {
  const [name = "", ...others] = path;
  return others.length === 0 ? callbackFunctions.get(source.replace(/^node:/u, ""))?.get(name) : undefined;
}
