import { rangeOf } from "../src/analysis/code/tree.ts";
import { findCacheBypasses, findUncachedClients } from "../src/analysis/secrets/cache-bypass.ts";
import type { CacheBypass } from "../src/analysis/secrets/cache-bypass.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "no-useless-cache-bypass",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow reading secrets past the cache in every invocation",
      configs: { strict: "warn" },
    },
    messages: {
      possibleBypass:
        "Every invocation reads {{secret}} past the cache. That costs a request each time, and nothing here changes the secret. Remove `useCache`, unless another function updates the secret often.",
      possibleNoCache:
        "Every read of this client costs a request, because `ttl: 0` keeps no secret, and nothing here changes one. Remove the option, unless another function updates the secrets often.",
      cached: "Read it through the cache.",
    },
    hasSuggestions: true,
  },
  *check({ model }) {
    for (const node of findUncachedClients(model)) {
      yield { range: rangeOf(node), messageId: "possibleNoCache" };
    }
    for (const bypass of findCacheBypasses(model)) {
      const edits = withCache(model, bypass);
      yield {
        range: rangeOf(bypass.options),
        messageId: "possibleBypass",
        data: { secret: `\`${model.textOf(bypass.key)}\`` },
        suggest: edits === undefined ? [] : [{ messageId: "cached", edits }],
      };
    }
  },
});

/** The call without its options, when they say nothing else. */
function withCache(model: Model, { call, key, options }: CacheBypass): EditList | undefined {
  const [start, end] = [rangeOf(key)[1], rangeOf(options)[1]];
  const between = model.text.slice(start, rangeOf(options)[0]);
  const behind = model.text.slice(end, rangeOf(call)[1]);
  const isPlain = between.trim() === "," && [")", ",)"].includes(behind.replaceAll(/\s/gu, ""));
  if (
    !isPlain ||
    options.type !== "ObjectExpression" ||
    options.properties.length !== 1 ||
    model.commentsIn(rangeOf(options)).length > 0
  ) {
    return undefined;
  }
  const edits = new EditList();
  edits.remove([start, end]);
  return edits;
}
