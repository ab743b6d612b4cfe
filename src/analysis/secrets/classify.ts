import {
  openWords,
  placeholderWords,
  questionWords,
  secretNouns,
  secretPairs,
  secretSignatures,
  stageWords,
  switchWords,
  plainPasses,
  variablePairs,
  variableNouns,
} from "../../platform/secret-signatures.ts";

/** Why a value is taken for a secret. Never holds the value itself. */
export interface SecretFinding {
  /**
   * `certain`: the form of a known provider, or a random value under a secret's name.
   * `possible`: a value under a password's name that could be one.
   */
  readonly confidence: "certain" | "possible";
  /** What it looks like, for a sentence: “a Stripe key”. */
  readonly what: string;
  /** The value as it may be shown: `sk_l… (42 chars)`. */
  readonly masked: string;
}

/** One look for all forms: hardly any text has one. */
// eslint-disable-next-line house/no-open-pattern -- of our own table
const ANY_SIGNATURE = new RegExp(secretSignatures.map(({ pattern }) => pattern.source).join("|"), "u");

/** True for a value that its name may make a secret; what has blanks or hardly any characters is none. */
export function isOneWord(value: string): boolean {
  return value.length >= 6 && !/\s/u.test(value);
}

/**
 * Judges whether a value is a secret.
 *
 * The form of a known provider decides by itself. Everything else needs both: a name that says so, and a value that
 * could be one. Placeholders (`your-api-key`), names of secrets (`shop-api-key`), addresses and words are none.
 *
 * @param name the variable, property or environment name; undefined when the value has none
 */
export function findSecretValue(name: string | undefined, value: string): SecretFinding | undefined {
  const masked = maskSecret(value);
  const signature = ANY_SIGNATURE.test(value) ? secretSignatures.find(({ pattern }) => pattern.test(value)) : undefined;
  if (signature !== undefined) {
    return isExample(signature.pattern.exec(value)?.[0] ?? "")
      ? undefined
      : { confidence: "certain", what: signature.what, masked };
  }
  if (hasCredentials(value)) return { confidence: "certain", what: "an address with a password", masked };
  const inside = findInside(value);
  if (inside !== undefined) return { ...inside, masked };
  if (name === undefined || !isOneWord(value) || !isSecretName(name) || !canBeSecret(name, value)) return undefined;
  if (isRandom(value)) return { confidence: "certain", what: "a random value under a secret's name", masked };
  if (isPasswordName(name)) return { confidence: "possible", what: "a password", masked };
  return undefined;
}

/** A value that is used as a password or a key, however short it is; words alone may stand for one. */
export function findKey(value: string): SecretFinding | undefined {
  const isMixed =
    /[a-z]/iu.test(value) && /[^a-z_-]/iu.test(value) && piecesOf(value).some((piece) => /\d/u.test(piece));
  return value.length >= 8 && isMixed && canBeSecret("password", value) && !isExample(value)
    ? { confidence: "certain", what: "a password or a key", masked: maskSecret(value) }
    : undefined;
}

/**
 * Whether a name says that its value is a secret: `SHOP_API_KEY`, `clientSecret`, `db-password-prod`; but neither
 * `TOKEN_URL`, `SECRET_NAME` nor `authors`.
 */
export function isSecretName(name: string): boolean {
  const { last, previous, words } = headOf(name);
  return !isOpenName(words) && (isSecretNoun(last) || secretPairs.get(last)?.has(previous) === true);
}

/**
 * The same for a variable of the environment, whose name has to say what it is for by itself: `DB_PASS`, `GITHUB_PAT`,
 * `HMAC_KEY`, `CLIENT_SECRET_V2` as well.
 */
export function isSecretVariable(name: string): boolean {
  const bareName = name.replace(/_(?:V\d+|PEM|DER|HEX|B(?:ASE)?_?64)$/iu, "");
  const { last, previous, words } = headOf(bareName);
  const isVariable = variableNouns.has(last) && !plainPasses.has(previous) && (words.length > 1 || last === "pass");
  return (
    isSecretName(bareName) || (!isOpenName(words) && (isVariable || variablePairs.get(last)?.has(previous) === true))
  );
}

/**
 * True for a variable of a `config.json` that its name makes a secret, and that has a value: no placeholder, no switch,
 * no address, and not the name of a secret.
 */
export function isFilledSecret(name: string, value: string): boolean {
  const isPlain = /^(?:\d{0,4}|true|false|yes|no|on|off)$/iu.test(value) || /^[a-z][a-z\d+.-]*:\/\//iu.test(value);
  const isName = isSecretName(value) || bare(value) === bare(name);
  return isSecretVariable(name) && !isPlain && !/\s/u.test(value) && !isName && !isPlaceholder(value);
}

/** True for a word that certainly is a secret where its name, or its use, says so. */
export function canBeCertain(value: string): boolean {
  return isRandom(value) || findKey(value) !== undefined;
}

/** Enough of a secret to recognise it by, and never more than a quarter of it. */
export function maskSecret(value: string): string {
  const shown = value.startsWith("-----BEGIN") ? 0 : Math.min(4, Math.floor(value.length / 6));
  return `${value.slice(0, shown)}… (${String(value.length)} chars)`;
}

/** `USE_TOKEN`, `MAIL_HAS_PASSWORD`, `MAX_TOKEN`: a question, a switch, or something else that is no secret. */
function isOpenName(words: readonly string[]): boolean {
  return (
    switchWords.has(words[0] ?? "") ||
    words.slice(1, -1).some((word) => questionWords.has(word)) ||
    words.some((word) => openWords.has(word))
  );
}

/** The words of a name in lower case: of `shopApiKey`, `SHOP_API_KEY` and `shop-api-key` alike. */
export function wordsOf(name: string): string[] {
  const runs = name.match(/[A-Z]+[a-z]*|[a-z]+|\d+/gu) ?? [];
  return runs.flatMap((run) => run.split(/(?=[A-Z][a-z])/u)).map((word) => word.toLowerCase());
}

/** The word that says what a name stands for, and the one in front: what follows them is only a number or a stage. */
function headOf(name: string): {
  readonly last: string;
  readonly previous: string;
  readonly words: readonly string[];
} {
  const words = wordsOf(name);
  const end = words.findLastIndex((word) => !stageWords.has(word) && !/^\d+$/u.test(word)) + 1;
  return { last: words[end - 1] ?? "", previous: words[end - 2] ?? "", words };
}

/** A secret that is a part of the value: `Bearer …`, `Basic …`, `https://…?api_key=…`, `…;Password=…`. */
function findInside(value: string): SecretFinding | undefined {
  const [, scheme = "", credentials = ""] = /^(Bearer|Basic|Token|ApiKey)\s+(\S+)$/iu.exec(value) ?? [];
  if (scheme.toLowerCase() === "basic") {
    const password = passwordOf(decodeBase64(credentials));
    return password === undefined || isPlaceholder(password)
      ? undefined
      : { confidence: "certain", what: "a user and a password in Base64", masked: maskSecret(credentials) };
  }
  const found = credentials === "" ? undefined : findSecretValue("token", credentials);
  if (found !== undefined) return found;
  if (!value.includes("=")) return undefined;
  for (const [, name = "", part = ""] of value.matchAll(/(?:^|[?&;\s])([\w-]+)=([^&;\s]+)/gu)) {
    const isPassword =
      isPasswordName(name) && /(?:^|;)\s*(?:data source|database|host|server|uid|user id)=/iu.test(value);
    const nested = isSecretName(name) && canBeSecret(name, part) && (isPassword || isRandom(part));
    if (nested) return { confidence: "certain", what: `a value for \`${name}\``, masked: maskSecret(part) };
  }
  return undefined;
}

/** The password of `user:password`; undefined for what is no such text. */
function passwordOf(text: string): string | undefined {
  const at = text.indexOf(":", 1);
  const [user, password] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  return /^[\x21-\x7e]+$/u.test(user) && /^[\x20-\x7e]{4,}$/u.test(password) ? password : undefined;
}

/** The text behind a Base64 text; empty when it is none. */
function decodeBase64(text: string): string {
  return /^[A-Za-z\d+/]{8,}={0,2}$/u.test(text) ? Buffer.from(text, "base64").toString("latin1") : "";
}

/** True for what documentation shows in the form of a provider: chance writes neither `EXAMPLE` nor `xxxx`. */
function isExample(match: string): boolean {
  return /example|placeholder|your|xxxx|(?<one>.)\k<one>{5}|123456789/iu.test(match);
}

function isSecretNoun(word: string): boolean {
  return secretNouns.has(word) || /(?:password|secret|apikey)$/u.test(word);
}

function isPasswordName(name: string): boolean {
  return /(?:password|passwd|passphrase|pwd)$/u.test(headOf(name).last);
}

/** `https://user:password@host`, but not `https://user:<password>@host`. */
function hasCredentials(value: string): boolean {
  if (!value.includes("://")) return false;
  const [, password] = /[a-z\d+.-]:\/\/[^\s/:@]+:([^\s/@]+)@/iu.exec(value) ?? [];
  return password !== undefined && !isPlaceholder(password) && !isExample(password);
}

function canBeSecret(name: string, value: string): boolean {
  return (
    isOneWord(value) && !/^[a-z][a-z\d+.-]*:\/\//iu.test(value) && !isPlaceholder(value) && bare(value) !== bare(name)
  );
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z\d]/gu, "");
}

function isPlaceholder(value: string): boolean {
  if (/^(?:<.*>|\[.*\]|\{.*\}|\$\{?\w+\}?|%\w+%|#\{.*\})$/u.test(value)) return true;
  return piecesOf(value).every(isPlaceholderPiece) || isSequence(bare(value));
}

function piecesOf(value: string): string[] {
  return value.split(/[^A-Za-z\d]+/u).filter((piece) => piece !== "");
}

function isPlaceholderPiece(piece: string): boolean {
  if (/^(?<one>.)\k<one>*$/u.test(piece) || isSequence(piece.toLowerCase())) return true;
  // Letters and digits in turn are no words: parts of a hexadecimal number would be single letters.
  return /^[A-Za-z]*\d{0,4}$/u.test(piece) && wordsOf(piece).every(isPlaceholderWord);
}

function isPlaceholderWord(word: string): boolean {
  return placeholderWords.has(word) || isSecretNoun(word) || /^\d+$/u.test(word) || isSequence(word);
}

/** `123456789`, `abcdefgh`, `0123456789abcdef`: nearly every character is the next one. */
function isSequence(text: string): boolean {
  let followers = 0;
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (step === 1 || step === 0) followers += 1;
  }
  return text.length >= 4 && followers >= (text.length - 1) * 0.8;
}

/** No words, no mere number, and characters as evenly spread as chance makes them. */
function isRandom(value: string): boolean {
  if (value.length < 16 || !/\d/u.test(value) || !/^[\w+/=.~!@#$%^&*:-]+$/u.test(value)) return false;
  if (/^[+\d-]+$|1234567/u.test(value)) return false;
  const letters = piecesOf(value).map(wordLettersOf);
  return letters.reduce((sum, count) => sum + count, 0) < value.length / 2 && evenness(value) >= 0.75;
}

/** How many characters of a piece look like words: `Session`, `Token` and `Header` of `lpSessionToken2024Header`. */
function wordLettersOf(piece: string): number {
  if (/^(?:[A-Z]?[a-z]+|[A-Z]+)\d{0,4}$|^\d{1,4}$/u.test(piece)) return piece.length;
  const isCamelCase = /[a-z]/u.test(piece) && /[A-Z]/u.test(piece);
  return isCamelCase ? (piece.match(/[A-Z]?[a-z]{3,}/gu) ?? []).join("").length : 0;
}

/** Shannon entropy as a share of what a value of this length and alphabet can have; so short values compare too. */
function evenness(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const entropy = [...counts.values()].reduce((sum, count) => {
    const share = count / value.length;
    return sum - share * Math.log2(share);
  }, 0);
  return entropy / Math.log2(Math.min(value.length, alphabetOf(value)));
}

function alphabetOf(value: string): number {
  if (/^[\da-f-]+$/iu.test(value)) return 16;
  return (/[a-z]/u.test(value) ? 26 : 0) + (/[A-Z]/u.test(value) ? 26 : 0) + (/\d/u.test(value) ? 10 : 0);
}
