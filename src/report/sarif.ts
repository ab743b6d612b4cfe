import type { FileResult, Remark } from "../migrate/result.ts";
import type { RunResult } from "../migrate/run-result.ts";
import { differences, followUps, generalSentence, reasons } from "../platform/remarks.ts";
import type { RemarkKind } from "../platform/remarks.ts";
import { pageUrl } from "../platform/this-package.ts";
import { docsOf } from "./remark-docs.ts";

type Level = "error" | "warning" | "note";

/** The result as SARIF 2.1.0, which code scanning of GitHub and of others takes. */
export function renderSarif(result: RunResult): string {
  const rules = [...kindsOf(reasons, "warning"), ...kindsOf(differences, "note"), ...kindsOf(followUps, "note")];
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = result.files
    .flatMap((file) => resultsOf(file))
    .map((each) => {
      const ruleIndex = indexOf.get(each.ruleId);
      return ruleIndex === undefined ? each : { ...each, ruleIndex };
    });
  const driver = {
    name: "faas-migrate",
    version: result.version,
    semanticVersion: result.version,
    informationUri: pageUrl("README.md"),
    rules,
  };
  const notifications = result.errors.map(({ path, message }) => ({
    level: "error",
    message: { text: `${path} ${message}`.trim() },
  }));
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: result.summary.failed === 0 && result.errors.length === 0,
            toolExecutionNotifications: notifications,
          },
        ],
        originalUriBaseIds: { SRCROOT: { description: { text: "The folder in which faas-migrate ran." } } },
        results,
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function kindsOf(table: Readonly<Record<string, RemarkKind>>, level: Level) {
  return Object.entries(table).map(([id, kind]) => ({
    id,
    shortDescription: { text: generalSentence(kind) },
    fullDescription: { text: kind.long },
    helpUri: docsOf(id),
    defaultConfiguration: { level },
  }));
}

function resultsOf(file: FileResult) {
  const isLeft = file.verdict === "refused" || file.verdict === "failed";
  const of = (level: Level) => (remark: Remark) => sarifResult(file, remark, level);
  return [
    ...file.reasons.map(of(isLeft ? "error" : "warning")),
    ...file.differences.map(of("note")),
    ...file.followUps.map(of("note")),
  ];
}

function sarifResult({ path }: FileResult, { id, message, line, column, accepted }: Remark, level: Level) {
  const artifactLocation = { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" };
  const region = { startLine: line, startColumn: column };
  return {
    ruleId: id,
    level,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    ...(accepted !== undefined && { suppressions: [{ kind: "external", justification: accepted }] }),
  };
}
