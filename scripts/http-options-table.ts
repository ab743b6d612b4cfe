import { markdownTable } from "./markdown-table.ts";

/** What the table of request options knows of one of them. */
interface RequestOption {
  readonly handling: string;
  readonly why: string;
}

/** Every option of the V1 client with what becomes of it, or why it is refused. */
export function httpOptionsTable(options: ReadonlyMap<string, RequestOption>): string {
  const rows = [...options].map(([name, { handling, why }]) => [`\`${name}\``, handling, why]);
  return markdownTable(["option", "handling", "what becomes of it"], rows);
}
