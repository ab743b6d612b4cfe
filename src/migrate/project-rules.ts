import type { AcceptedReason } from "./accepted.ts";
import type { MigrateOptions } from "./migrate-source.ts";

/** What a project says of single files; paths are absolute. Functions, as a project says it in patterns. */
export interface ProjectRules {
  /** The file that says it, for messages. */
  readonly source?: string;
  /** Whether a file or folder is left out, also when it is named. */
  readonly isIgnored?: (path: string, kind: "file" | "folder") => boolean;
  /** Reasons that the team knows of. */
  readonly accepted?: readonly AcceptedReason[];
  /** Options for one file, in place of those of the run. */
  readonly choicesFor?: (path: string) => Partial<MigrateOptions>;
}
