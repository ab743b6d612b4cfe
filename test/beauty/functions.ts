import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import { caseNames, ownEnvironmentOf, ROOT } from "../functions/cases.ts";
import { countOutput } from "./count.ts";
import type { Counts } from "./count.ts";

/** A function, and what its migration left behind. */
export interface Counted {
  readonly name: string;
  readonly counts: Counts;
}

interface Source {
  readonly name: string;
  readonly text: string;
  readonly ownEnvironment: ReadonlySet<string>;
}

/** All fixtures, and the JavaScript files of the folder that `BEAUTY_FUNCTIONS` names, to count over functions of one's own. */
function sources(): Source[] {
  const fixtures = caseNames.map((name) => ({
    name,
    text: readFileSync(`${ROOT}${name}/index.js`, "utf8"),
    ownEnvironment: ownEnvironmentOf(name),
  }));
  const folder = process.env["BEAUTY_FUNCTIONS"];
  const own = folder === undefined ? [] : readdirSync(folder, { recursive: true, encoding: "utf8" });
  return [
    ...fixtures,
    ...own
      .filter((name) => name.endsWith(".js") && !name.includes("node_modules"))
      .map((name) => ({
        name,
        text: readFileSync(join(folder ?? "", name), "utf8"),
        ownEnvironment: new Set<string>(),
      })),
  ];
}

/** Counts over all functions that are migrated without keeping the V1 contract. */
export function countedIn(style: Style): Counted[] {
  return sources().flatMap(({ name, text, ownEnvironment }) => {
    const { verdict, text: migrated } = migrateSource(name, text, { style, ownEnvironment });
    return verdict === "migrated" ? [{ name, counts: countOutput(text, migrated) }] : [];
  });
}
