import { readFileSync, readdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

import { TextStore } from "../../src/disk/text-store.ts";
import { tempFolder } from "../cli/support.ts";

const AMPLE = { entries: 100, bytes: 100_000 };
const LONG_AGO = new Date("2020-01-01");

it("gives back what was kept, whatever it holds", () => {
  const folder = join(tempFolder(), "new/folder");
  const texts = ["", "\n", "two\nlines\r\n", "“ä” 🚀\u0000"];
  for (const [index, text] of texts.entries()) new TextStore(folder).write(`key${String(index)}`, text);
  expect(texts.map((_, index) => new TextStore(folder).read(`key${String(index)}`))).toEqual(texts);
  expect(new TextStore(folder).read("other")).toBeUndefined();
});

it.each([
  ["cut off", (whole: string) => whole.slice(0, -1)],
  ["empty", () => ""],
  ["changed by a letter", (whole: string) => whole.replace("text", "test")],
  ["longer", (whole: string) => `${whole} `],
  ["without its seal", (whole: string) => whole.slice(whole.indexOf("\n") + 1)],
])("takes what is %s for nothing, and keeps it anew", (_what, broken) => {
  const folder = tempFolder();
  const store = new TextStore(folder);
  store.write("key", "a text");
  writeFileSync(join(folder, "key"), broken(readFileSync(join(folder, "key"), "utf8")));
  expect(store.read("key")).toBeUndefined();
  store.write("key", "a text");
  expect(store.read("key")).toBe("a text");
});

it("gives a text under no other key than its own", () => {
  const folder = tempFolder();
  const store = new TextStore(folder);
  store.write("key", "a text");
  renameSync(join(folder, "key"), join(folder, "other"));
  expect(store.read("other")).toBeUndefined();
});

it("neither reads nor writes where something else is in the way, and says nothing of it", () => {
  const folder = tempFolder({ file: "", "folder/key/file": "" });
  for (const place of [join(folder, "folder"), join(folder, "file")]) {
    const store = new TextStore(place);
    store.write("key", "a text");
    expect(store.read("key")).toBeUndefined();
    store.trim({ entries: 0, bytes: 0 });
  }
});

it("keeps the youngest texts where there are too many", () => {
  const folder = tempFolder();
  const store = new TextStore(folder);
  for (const [index, key] of ["oldest", "middle", "youngest"].entries()) {
    store.write(key, "a text");
    utimesSync(join(folder, key), LONG_AGO, new Date(LONG_AGO.getTime() + 1000 * index));
  }
  store.trim(AMPLE);
  expect(readdirSync(folder)).toHaveLength(3);
  store.trim({ ...AMPLE, entries: 2 });
  expect(readdirSync(folder).sort()).toEqual(["middle", "youngest"]);
  store.trim({ ...AMPLE, bytes: 100 });
  expect(readdirSync(folder)).toEqual(["youngest"]);
});

it("takes away what killed processes have left, but not what another one writes", () => {
  const folder = tempFolder({ "key.1": "half", "key.2": "half" });
  utimesSync(join(folder, "key.1"), LONG_AGO, LONG_AGO);
  new TextStore(folder).trim(AMPLE);
  expect(readdirSync(folder)).toEqual(["key.2"]);
});
