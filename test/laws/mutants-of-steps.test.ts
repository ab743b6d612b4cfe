import { readdirSync } from "node:fs";
import { steps } from "../../src/migrate/steps.ts";
import { readText, ROOT } from "../functions/cases.ts";
import { tryMutants } from "./mutants.ts";

const cases = steps.flatMap(({ id: step }) =>
  readdirSync(`${ROOT}transforms/${step}`).map((name) => ({
    name: `${step}/${name}`,
    text: readText(`${ROOT}transforms/${step}/${name}/input.js`) ?? "",
  })),
);

tryMutants("what single steps change", cases, 10);
