export type { MigrateOptions, Style } from "./migrate-source.ts";
export { migrateSource } from "./migrate-source.ts";
export type { FileProof, FileResult, Helper, Place, ProofDifference, Remark, SourceResult, Verdict } from "./result.ts";
export type { RepeatedHelper, RunError, RunResult, Summary } from "./run-result.ts";
export type { MigrateFilesOptions } from "./run.ts";
export { migrateFiles } from "./run.ts";
