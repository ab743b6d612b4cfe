import { samplePrograms } from "../properties/generator.ts";
import { allRules } from "../rules/all-rules.ts";
import { fixturesOf } from "../rules/fixtures.ts";
import { isWhole } from "./ledger.ts";
import { tryMutants } from "./mutants.ts";

const linted = allRules.flatMap(({ id }) =>
  fixturesOf(id)
    .filter(({ filename }) => filename.endsWith(".js"))
    .map(({ name, code }) => ({ name: `${id}/${name}`, text: code })),
);
// Prime, so that no hole of the templates keeps one filling throughout.
const generated = [...samplePrograms(isWhole ? 599 : 4999)].map(({ index, text }) => ({
  name: `program ${String(index)}`,
  text,
}));

tryMutants("what rules look at", linted, 12);
tryMutants("generated programs", generated, 12);
