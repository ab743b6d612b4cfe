import { describe, expect, it } from "vitest";

import { findSecretValue, isSecretName, maskSecret, wordsOf } from "../../../src/analysis/secrets/classify.ts";

// Put together here, so that no scanner takes this file for one that holds secrets.
const random = ["Zk3q", "9fBx", "T7wP", "m2Ld", "8sVr", "1hYc"].join("");
const hex = ["3f2504e04f89", "11d39a0c0305", "e82c3301"].join("");

describe("findSecretValue", () => {
  it.each([
    ["a Stripe key", ["sk_", "live_", random].join("")],
    ["a GitHub token", ["ghp_", random, "a1b2c3d4e5f6"].join("")],
    ["an AWS access key", ["AKIA", "IOSFODNN7QK3WZLP"].join("")],
    ["a Slack token", ["xoxb-", "2048-1024-", random].join("")],
    ["a Google API key", ["AIza", random, "abcDEF12345"].join("")],
    ["a private key", `-----BEGIN RSA PRIVATE KEY-----\n${random}\n`],
    ["a JSON web token", ["eyJ", random, ".eyJ", random, ".", random].join("")],
    ["an address with a password", "https://shop:Kd83ksl2@orders.example.com/"],
    ["a value for `api_key`", `https://orders.example.com/?sku=1&api_key=${random}`],
  ])("knows %s under whatever name", (what, value) => {
    expect(findSecretValue("COLOR", value)).toMatchObject({ confidence: "certain", what });
    expect(findSecretValue(undefined, `Bearer ${value}`)).toMatchObject({ confidence: "certain", what });
  });

  it("looks behind the scheme of a header", () => {
    expect(findSecretValue(undefined, `Bearer ${random}`)?.confidence).toBe("certain");
    const basic = Buffer.from("shop:Kd83ksl2").toString("base64");
    expect(findSecretValue(undefined, `Basic ${basic}`)?.what).toBe("a user and a password in Base64");
  });

  it.each(["SHOP_API_KEY", "shopApiKey", "shop-api-key", "API_KEY_PROD", "clientSecret", "TOKEN_2", "dbpassword"])(
    "takes a random value under the name %s for a secret",
    (name) => {
      expect(findSecretValue(name, random)?.confidence).toBe("certain");
      expect(findSecretValue(name, hex)?.confidence).toBe("certain");
      expect(findSecretValue(name, `${hex.slice(0, 8)}-4f89-11d3-9a0c-0305e82c3301`)?.confidence).toBe("certain");
    },
  );

  it.each(["Sommer2024!", "correct-horse-battery", "hunter22"])("takes %s for a password", (value) => {
    expect(findSecretValue("DB_PASSWORD", value)).toMatchObject({ confidence: "possible", what: "a password" });
    expect(findSecretValue("API_TOKEN", value)).toBeUndefined();
  });

  it.each([
    ["API_KEY", "your-api-key-here"],
    ["API_KEY", "CHANGE_ME"],
    ["API_KEY", "<api key of the shop>"],
    ["API_KEY", "${API_KEY}"],
    ["API_KEY", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"],
    ["API_KEY", "0123456789abcdef"],
    ["API_KEY", "1234567890123456"],
    ["API_KEY", "shop-api-key"],
    ["API_KEY", "orders-2024-billing-v2"],
    ["API_KEY", "translation.user.token.expired.message"],
    ["API_KEY", ""],
    ["API_KEY", ["AKIA", "IOSFODNN7EXAMPLE"].join("")],
    ["API_KEY", ["sk_", "live_", "x".repeat(24)].join("")],
    ["COLOR", ["sk_", "test_", "your", "StripeKeyGoesHere"].join("")],
    ["COLOR", "-----BEGIN PRIVATE KEY-----\n"],
    ["USE_TOKEN", random],
    ["SESSION_TOKEN", "lpSessionToken2024Header"],
    ["EXPIRED_TOKEN", "com.example.auth.TokenExpired401"],
    ["TOKEN", "+4915112345678901"],
    ["PASSWORD", "nobody"],
    [undefined, "Bearer token1234567890abc"],
    [undefined, "Basic dXNlcjpwYXNzd29yZA=="],
    [undefined, 'Basic realm="orders"'],
    [undefined, "https://orders.example.com/?page_token=9f86d081884c7d659a2feaa0c55ad015"],
    ["NEXT_PAGE_TOKEN", random],
    ["PUBLIC_API_KEY", random],
    ["SECRET_KEY_FIELD", "secretKey"],
    ["COOKIE_AUTH_TOKEN", "authtoken"],
    ["PASSWORD", "password"],
    ["PASSWORD", "test1234"],
    ["PASSWORD", "example-password"],
    ["TOKEN", "https://login.example.com/oauth/token/v2/0987"],
    ["PASSWORD", "the secret of the shop"],
    ["SECRET_NAME", random],
    ["TOKEN_URL", random],
    ["PASSWORD_HEADER", random],
    ["AUTHORS", random],
    ["TOKENIZER", random],
    ["SORT_KEY", random],
    ["CAMPAIGN_ID", hex],
    [undefined, random],
    ["ENDPOINT", "https://user:password@orders.example.com/"],
    ["ENDPOINT", "https://user:<password>@orders.example.com/"],
    ["ENDPOINT", "https://orders.example.com:8443/a@b"],
  ])("takes nothing under the name %s for the value %s", (name, value) => {
    expect(findSecretValue(name, value)).toBeUndefined();
  });

  it("never hands out the value", () => {
    const found = findSecretValue("API_KEY", random);
    expect(JSON.stringify(found)).not.toContain(random.slice(0, 5));
    expect(found?.masked).toBe(`${random.slice(0, 4)}… (24 chars)`);
  });
});

describe("isSecretName", () => {
  it("asks the last word that counts", () => {
    expect(["apiKey", "API_KEY_TEST_2", "basicAuth", "PRIVATE_KEY", "userPwd"].filter(isSecretName)).toHaveLength(5);
    expect(["keyboard", "auth", "key", "secretsCount", "tokenTtl", "", "123"].filter(isSecretName)).toEqual([]);
  });
});

describe("maskSecret", () => {
  it("shows nothing of what is short, and nothing of a PEM file", () => {
    expect(maskSecret("abc")).toBe("… (3 chars)");
    expect(maskSecret("abcdefgh")).toBe("a… (8 chars)");
    expect(maskSecret("-----BEGIN PRIVATE KEY-----")).toBe("… (27 chars)");
  });
});

describe("wordsOf", () => {
  it("splits camel, snake and kebab case alike", () => {
    for (const name of ["shopAPIKey2", "SHOP_API_KEY_2", "shop-api-key-2"]) {
      expect(wordsOf(name)).toEqual(["shop", "api", "key", "2"]);
    }
  });
});
