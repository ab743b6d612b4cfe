import { configurationKeys, objectSchema } from "../src/cli/configuration/keys.ts";
import { markdownTable } from "./markdown-table.ts";

const address = "https://github.com/faas-migrate/faas-migrate/blob/main/schemas/configuration.schema.json";

/** The schema by which editors know the configuration: the same keys that the command reads. */
export function configurationSchema(): object {
  const schema = objectSchema(configurationKeys) as { readonly properties: object };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: address,
    title: "Configuration of faas-migrate: faas-migrate.config.json, or the key “faas-migrate” of package.json",
    ...schema,
    properties: { $schema: { type: "string" }, ...schema.properties },
  };
}

/** The keys of the configuration as a table. */
export function configurationTable(): string {
  return markdownTable(
    ["Key", "Meaning"],
    configurationKeys.map(({ name, meaning }) => [`\`${name}\``, meaning]),
  );
}
