import { markdownTable } from "./markdown-table.ts";

/** What `--list` knows of a transform. */
interface Transform {
  readonly id: string;
  readonly description: string;
}

/** The transforms in the order in which they run, each with its page. */
export function transformsTable(transforms: readonly Transform[]): string {
  const rows = transforms.map(({ id, description }) => [`[${id}](transforms/${id}.md)`, description]);
  return markdownTable(["Transform", "What it does"], rows);
}
