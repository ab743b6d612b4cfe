import { expect, it } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { readsOf } from "../../src/verify/scenarios/fields.ts";
import { Shapes } from "../../src/verify/scenarios/values.ts";

function inputFor(body: string): unknown {
  const { program } = parseSource(`function lambda(input, callback) { ${body} }`);
  return new Shapes(readsOf(program)).input({});
}

it.each([
  [
    "input.payload.urls.map((url) => load(url));",
    { urls: ["https://api.example.com/made/1", "https://api.example.com/made/2"] },
  ],
  ["input.payload.ids.map((id) => load(id));", { ids: ["ids 1", "ids 2"] }],
  ["load(input.payload.url);", { url: "https://api.example.com/made" }],
])("%s gets values that look like what their names say", (body, expected) => {
  expect(inputFor(body)).toMatchObject({ payload: expected });
});
