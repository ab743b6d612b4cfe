import { expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import type { EditList } from "../../src/edits/text/edit-list.ts";
import { StepReport } from "../../src/edits/step/step.ts";
import type { StepResult } from "../../src/edits/step/step.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { joined, maySee, plannedBy, sharing } from "../../src/migrate/sharing.ts";
import { steps } from "../../src/migrate/steps.ts";

it("names steps that there are", () => {
  const ids = steps.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...sharing.keys()]));
});

it("looks at what is thrown where the file changes a secret", () => {
  const text = `const { Toolbelt } = require("lp-faas-toolbelt");
const client = Toolbelt.SecretClient();
async function lambda(input, callback) {
  input.payload.value.seen = true;
  callback(await client.readSecret("key"));
}
`;
  const result = migrateSource("index.js", text, { style: "faithful" });
  expect(result).toMatchObject({ verdict: "refused", reasons: [{ id: "secret-mutated" }] });
});

const model = createModel(parseSource("one();\ntwo();\nthree();\n"));

function edited(edit: (edits: EditList) => void, refuses = false): StepResult {
  const report = new StepReport();
  edit(report.edits);
  if (refuses) report.refuse("commonjs-exports", model.program, { name: "a" });
  return report.finish();
}

const first = plannedBy(
  "environment-names",
  edited((edits) => {
    edits.replace([7, 10], "four");
  }),
);

it("joins edits that are apart from each other", () => {
  const result = edited((edits) => {
    edits.remove([0, 7]);
    edits.insert(14, "five();\n");
  });
  const both = joined(model, first, "lp-client-to-response", result);
  expect(both?.edits.applyTo(model.text).text).toBe("four();\nfive();\nthree();\n");
  expect(both?.ids).toEqual(["environment-names", "lp-client-to-response"]);
  expect(
    joined(
      model,
      first,
      "lp-client-to-response",
      edited(() => undefined),
    ),
  ).toBe(first);
});

it("joins no edits that touch, or that bring the same name along", () => {
  const places: ((edits: EditList) => void)[] = [
    (edits) => {
      edits.replace([7, 10], "five");
    },
    (edits) => {
      edits.insert(10, "five");
    },
    (edits) => {
      edits.replace([5, 7], "\n");
    },
    (edits) => {
      edits.insert(14, "four();\n");
    },
  ];
  expect(places.map((place) => joined(model, first, "lp-client-to-response", edited(place)))).toEqual(
    places.map(() => undefined),
  );
  const refused = edited(() => undefined, true);
  expect(joined(model, first, "lp-client-to-response", refused)).toBeUndefined();
});

it("lets no step see an old model that may read what was written, or that is not known", () => {
  expect(maySee(model, "lp-client-to-response", first)).toBe(true);
  expect(maySee(model, "toolbelt-clients", first)).toBe(false);
  expect(maySee(model, "parallel-secrets", first)).toBe(false);
  const unknown = plannedBy(
    "parallel-secrets",
    edited((edits) => {
      edits.insert(0, "zero();\n");
    }),
  );
  expect(maySee(model, "environment-names", unknown)).toBe(false);
  const both = joined(
    model,
    first,
    "parallel-secrets",
    edited((edits) => {
      edits.insert(14, "zero();\n");
    }),
  );
  expect(both?.written).toBeUndefined();
});
