import { test } from "vitest";
import { samplePrograms } from "./generator.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
test("x", () => {
  const seen = new Map<string, { n: number; small: string[] }>();
  let crash = 0;
  for (const p of samplePrograms(7)) {
    let r;
    try { r = migrateSource("p.js", p.text, { style: "faithful" }); } catch (e) { crash++; if (crash < 4) console.log(p.text, String(e)); continue; }
    if (r.verdict !== "mechanical") continue;
    const why = r.reasons.find((x) => x.id === "callback-contract-kept")!.message.split(", so")[0];
    const key = `${p.shape} | ${why}`;
    const e = seen.get(key) ?? { n: 0, small: [] };
    e.n++;
    e.small.push(p.text.replace(/^(async )?function (first|second|third)[^}]*}\n\n?/gm, ""));
    seen.set(key, e);
  }
  console.log("crash", crash);
  for (const [k, e] of [...seen].sort((a, b) => b[1].n - a[1].n).slice(0, Number(process.env.TOP ?? 14))) {
    console.log("#####", k, e.n);
    const s = [...new Set(e.small)].sort((a, b) => a.length - b.length);
    const step = Math.max(1, Math.floor(s.length / 5));
    for (let i = 0; i < s.length && i < step * 5; i += step) console.log(s[i]);
  }
});
