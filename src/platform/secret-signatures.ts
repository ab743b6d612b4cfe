/** A form of secret that its provider has made recognisable. */
interface SecretSignature {
  /** What it is, for a sentence: “looks like …”. */
  readonly what: string;
  readonly pattern: RegExp;
}

/**
 * Secrets that their own form gives away.
 * Source: the providers' documentation of their formats, as of 2026.
 */
export const secretSignatures: readonly SecretSignature[] = [
  // The line of dashes alone is what programs look for or put around a key.
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z\d]+ )*PRIVATE KEY-----(?:\s|\\n)*[A-Za-z\d+/]{16,}/u },
  { what: "a Stripe key", pattern: /(?<![\w-])(?:sk|rk)_(?:live|test)_[A-Za-z\d]{16,}/u },
  { what: "a Stripe webhook secret", pattern: /(?<![\w-])whsec_[A-Za-z\d]{32,}/u },
  { what: "a GitHub token", pattern: /(?<![\w-])(?:gh[pousr]_[A-Za-z\d]{36,}|github_pat_\w{70,})/u },
  { what: "a GitLab token", pattern: /(?<![\w-])glpat-[\w-]{20,}/u },
  { what: "an AWS access key", pattern: /(?<![\w-])(?:AKIA|ASIA)[A-Z\d]{16}(?![\w-])/u },
  { what: "a Slack token", pattern: /(?<![\w-])(?:xox[abeoprs]|xapp)-[A-Za-z\d-]{10,}/u },
  { what: "a Slack webhook", pattern: /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/u },
  { what: "a Google API key", pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/u },
  { what: "a Google client secret", pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/u },
  { what: "a SendGrid key", pattern: /(?<![\w-])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/u },
  { what: "an Anthropic key", pattern: /(?<![\w-])sk-ant-[\w-]{20,}/u },
  { what: "an OpenAI key", pattern: /(?<![\w-])sk-(?:proj|svcacct|admin)-[\w-]{20,}/u },
  { what: "an npm token", pattern: /(?<![\w-])npm_[A-Za-z\d]{36}(?![\w-])/u },
  { what: "a DigitalOcean token", pattern: /(?<![\w-])do[opr]_v1_[a-f\d]{64}(?![\w-])/u },
  { what: "a Shopify token", pattern: /(?<![\w-])shp(?:at|ca|pa|ss)_[A-Fa-f\d]{32}(?![\w-])/u },
  { what: "a HubSpot token", pattern: /(?<![\w-])pat-(?:na|eu)\d-[a-f\d]{8}-[a-f\d-]{27}(?![\w-])/u },
  { what: "an Azure storage key", pattern: /AccountKey=[A-Za-z\d+/]{86}==/u },
  { what: "a JSON web token", pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}/u },
];

/** Last words of names that hold secrets. */
export const secretNouns: ReadonlySet<string> = new Set([
  "apikey",
  "apisecret",
  "apitoken",
  "accesskey",
  "accesstoken",
  "authtoken",
  "bearer",
  "clientsecret",
  "credential",
  "credentials",
  "passphrase",
  "passwd",
  "password",
  "privatekey",
  "pwd",
  "secret",
  "secretkey",
  "token",
]);

/** What makes a `key` or an `auth` a secret, by the word in front: an API key, but no sort key. */
export const secretPairs: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    key: new Set([
      "access",
      "api",
      "app",
      "auth",
      "consumer",
      "encryption",
      "master",
      "private",
      "secret",
      "signing",
      "subscription",
    ]),
    auth: new Set(["basic"]),
    string: new Set(["connection"]),
    header: new Set(["authorization"]),
  }),
);

/** Last words of variables of the environment that hold secrets: `DB_PASS`, `GITHUB_PAT`. */
export const variableNouns: ReadonlySet<string> = new Set(["jwt", "pass", "passcode", "pat", "psw", "pw"]);

/** Words in front of a `pass` that is no password: `BOARDING_PASS`, `FIRST_PASS`. */
export const plainPasses: ReadonlySet<string> = new Set([
  ..."boarding by count day first last must of season second ski test".split(" "),
]);

/** What a `KEY` of the environment is used for, and whose it is. */
const KEYS = [
  ..."account admin aes bot cipher client consumer crypto decryption deploy developer hmac integration jwt license pgp".split(
    " ",
  ),
  ..."rsa server service shared ssh ssl storage token webhook write".split(" "),
  ..."algolia anthropic aws azure datadog firebase google hubspot mailchimp mailgun openai pagerduty sendgrid".split(
    " ",
  ),
  ..."salesforce sentry shopify slack stripe twilio zendesk".split(" "),
];

/** What makes the last word of a variable of the environment a secret, by the word in front: `STRIPE_KEY`, `STRIPE_SK`. */
export const variablePairs: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["key", new Set(KEYS)],
  // “Secret key”, as payment providers call theirs.
  ["sk", new Set(["openai", "paystack", "razorpay", "square", "stripe"])],
]);

/** Words that make a name something else than a secret: what is public, a switch, or a place in a list. */
export const openWords: ReadonlySet<string> = new Set(["max", "min", "page", "public", "publishable", "stop", "sync"]);

/** First words of names that are questions or switches: `USE_TOKEN`, `hasPassword`. */
export const switchWords: ReadonlySet<string> = new Set([
  "allow",
  "allows",
  "disable",
  "disabled",
  "enable",
  "enabled",
  "has",
  "ignore",
  "is",
  "log",
  "mask",
  "needs",
  "require",
  "required",
  "requires",
  "should",
  "show",
  "skip",
  "use",
  "uses",
  "validate",
  "verify",
  "with",
  "without",
]);

/** Those of them that ask a question in the middle of a name as well: `MAIL_HAS_PASSWORD`. */
export const questionWords: ReadonlySet<string> = new Set(["has", "is", "needs", "requires", "should", "uses"]);

/** Words behind the noun that say where the secret is for, and don't change what it is: `API_KEY_PROD`. */
export const stageWords: ReadonlySet<string> = new Set([
  "acc",
  "amer",
  "apac",
  "dev",
  "development",
  "emea",
  "eu",
  "live",
  "new",
  "old",
  "prod",
  "production",
  "qa",
  "sandbox",
  "stage",
  "staging",
  "test",
  "uat",
  "uk",
  "us",
  "value",
]);

/** Words of which placeholders consist: `your-api-key-here`, `CHANGE_ME`. */
export const placeholderWords: ReadonlySet<string> = new Set([
  ...[
    "a",
    "abc",
    "add",
    "an",
    "and",
    "any",
    "bar",
    "baz",
    "be",
    "change",
    "changeme",
    "demo",
    "dummy",
    "empty",
    "enter",
  ],
  ...["example", "fake", "fill", "foo", "from", "goes", "hello", "here", "in", "insert", "is", "it", "later", "lorem"],
  ...[
    "me",
    "missing",
    "mock",
    "my",
    "na",
    "nil",
    "no",
    "none",
    "not",
    "null",
    "of",
    "or",
    "paste",
    "placeholder",
    "put",
  ],
  ...["redacted", "removed", "replace", "sample", "sensitive", "set", "some", "tbd", "temp", "test", "testing", "the"],
  ...["this", "to", "todo", "undefined", "unset", "use", "user", "with", "world", "xxx", "you", "your"],
  ...["access", "api", "app", "auth", "bearer", "brand", "client", "consumer", "id", "key", "login", "pass", "string"],
  ...["anonymous", "guest", "nobody", "unknown"],
  ...["username", "value", "authorization", "private", "public", "signing", "admin", "root", "default", "local"],
]);
