import type { AST, Rule, SourceCode } from "eslint";
import type { Range } from "../analysis/code/tree.ts";
import type { EditList } from "../edits/text/edit-list.ts";
import { printableLine } from "../platform/printable.ts";
import { pageUrl } from "../platform/this-package.ts";
import { lookAt, mayBeFunction } from "./function-file.ts";
import type { FunctionFile } from "./function-file.ts";
import type { JsonFile } from "./json-file.ts";
import { jsonFileOf } from "./json-file.ts";
import { readSettings } from "./settings.ts";
import type { Settings } from "./settings.ts";

/** The configs of the plugin. */
export const configNames = ["recommended", "strict", "legacy", "legacy-strict", "json"] as const;

export type ConfigName = (typeof configNames)[number];

type Severity = "error" | "warn";

/** How a config switches a rule on. */
export type ConfigEntry = Severity | readonly [Severity, Readonly<Record<string, unknown>>];

/** What a rule says about itself besides what ESLint asks for. */
export interface RuleDocs {
  /** One phrase without a full stop: “Disallow …”, “Enforce …” or “Require …”. */
  readonly description: string;
  /** The configs that switch the rule on. `strict` takes over what `recommended` says, unless it is given itself. */
  readonly configs: Readonly<Partial<Record<ConfigName, ConfigEntry>>>;
  /** The id of the transform that repairs what the rule reports. */
  readonly transform?: string;
}

/** {@link RuleDocs} as the finished rule carries it. */
export interface PublishedDocs extends RuleDocs {
  readonly url: string;
  /** True when the config `recommended` has the rule. */
  readonly recommended: boolean;
}

/** A finished rule: ESLint's, with what it says about itself. */
export interface RuleModule extends Rule.RuleModule {
  readonly meta: Rule.RuleMetaData & { readonly docs: PublishedDocs };
}

/** One of several ways out that an editor offers. */
export interface Suggestion<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string>>;
  readonly edits: EditList;
}

/** One finding. */
export interface Problem<MessageId extends string> {
  /** The part of the text that the finding speaks of: of a node as a rule its `range`. */
  readonly range: Range;
  /** A message whose id begins with `possible` is for findings that a reader has to judge. */
  readonly messageId: MessageId;
  /** A value for every placeholder of the message; never a secret. */
  readonly data?: Readonly<Record<string, string>>;
  /** What `eslint --fix` does: nothing that changes what the function does. */
  readonly fix?: EditList | undefined;
  readonly suggest?: readonly Suggestion<MessageId>[];
}

/** A rule as its file describes it. */
export interface RuleDefinition<MessageId extends string, Options extends object> {
  /** The id, which is the name of the file. */
  readonly id: string;
  readonly meta: {
    readonly type: "problem" | "suggestion";
    readonly docs: RuleDocs;
    /** Sentences: what is wrong, and what to write instead. */
    readonly messages: Readonly<Record<MessageId, string>>;
    readonly hasSuggestions?: boolean;
    readonly isFixable?: boolean;
    /** A closed JSON schema of the options, each with a description; none without options. */
    readonly schema?: NonNullable<Rule.RuleMetaData["schema"]>;
    readonly defaultOptions?: readonly [Options];
  };
  /** Looks at a function and yields what is wrong with it, in any order. */
  readonly check?: (file: FunctionFile, options: Options) => Iterable<Problem<MessageId>>;
  /** The same for a JSON file: the `config.json` of a function. */
  readonly checkJson?: (file: JsonFile, options: Options) => Iterable<Problem<MessageId>>;
}

/** Makes ESLint's rule of a definition: it runs under ESLint and oxlint, with any parser that gives ESTree. */
export function createRule<const MessageId extends string, Options extends object = Readonly<Record<string, never>>>(
  definition: RuleDefinition<MessageId, Options>,
): RuleModule {
  const { id, meta, check, checkJson } = definition;
  return {
    meta: {
      type: meta.type,
      docs: publishedDocs(id, meta.docs, meta.defaultOptions?.[0] ?? {}),
      messages: check === undefined ? { ...meta.messages } : { ...meta.messages, parse: PARSE },
      schema: meta.schema ?? [],
      defaultOptions: [...(meta.defaultOptions ?? [])],
      ...(meta.hasSuggestions === true ? { hasSuggestions: true } : {}),
      ...(meta.isFixable === true ? { fixable: "code" } : {}),
      languages: [...(check === undefined ? [] : ["js/js"]), ...(checkJson === undefined ? [] : ["json/*"])],
    },
    create: (context) => {
      const settings = readSettings(context.settings);
      const options = (context.options[0] ?? {}) as Options;
      const { sourceCode } = context;
      const report = (problems: Iterable<Problem<MessageId>>): void => {
        for (const problem of problems) {
          context.report(descriptorOf(sourceCode, problem));
        }
      };
      const listener: Rule.RuleListener =
        check !== undefined && mayBeFunction(sourceCode.text, settings)
          ? {
              get Program() {
                return programListener(context, settings, (file) => {
                  report(check(file, options));
                });
              },
            }
          : {};
      if (checkJson !== undefined) {
        listener["Document"] = (document: unknown) => {
          report(checkJson(jsonFileOf(context, document), options));
        };
      }
      return listener;
    },
  };
}

const PARSE =
  "No rule of faas-migrate looks at this file: it {{why}}. Write this part in plain JavaScript or TypeScript.";

/** The trees that a rule has said of that it can't look at them. */
const said = new WeakSet<object>();

/**
 * What a rule does with a file. The file is looked at while ESLint takes the listener, and not while it runs it: what all
 * rules share is then no rule's time in `TIMING=1`.
 */
function programListener(
  context: Rule.RuleContext,
  settings: Settings,
  check: (file: FunctionFile) => void,
): () => void {
  const { sourceCode, filename } = context;
  const look = lookAt(sourceCode, settings, filename);
  return () => {
    if (look.kind === "function") {
      check(look.file);
    } else if (look.kind === "unreadable" && !said.has(sourceCode.ast)) {
      said.add(sourceCode.ast);
      const { range, why } = look.unreadable;
      context.report({ loc: locOf(sourceCode, range), messageId: "parse", data: { why } });
    }
  };
}

function locOf(sourceCode: SourceCode, [start, end]: Range): AST.SourceLocation {
  return { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) };
}

function publishedDocs(id: string, docs: RuleDocs, defaults: object): PublishedDocs {
  const { recommended, strict, legacy } = docs.configs;
  const ofLegacy: ConfigEntry | undefined =
    legacy !== undefined && "checkPossible" in defaults ? ["error", { checkPossible: true }] : legacy;
  const ofStrict = strict ?? recommended;
  return {
    ...docs,
    configs: {
      ...docs.configs,
      ...(ofStrict === undefined ? {} : { strict: ofStrict }),
      ...(ofLegacy === undefined ? {} : { "legacy-strict": ofLegacy }),
    },
    url: pageUrl(`docs/rules/${id}.md`),
    recommended: recommended !== undefined,
  };
}

function descriptorOf<MessageId extends string>(
  sourceCode: SourceCode,
  { range, messageId, data, fix, suggest }: Problem<MessageId>,
): Rule.ReportDescriptor {
  return {
    loc: locOf(sourceCode, range),
    messageId,
    ...(data === undefined ? {} : { data: printableData(data) }),
    ...(fix === undefined ? {} : { fix: fixOf(fix) }),
    suggest: (suggest ?? []).map((suggestion) => ({
      messageId: suggestion.messageId,
      ...(suggestion.data === undefined ? {} : { data: printableData(suggestion.data) }),
      fix: fixOf(suggestion.edits),
    })),
  };
}

/** What a message takes from the file, so that it can do nothing on a terminal. */
function printableData(data: Readonly<Record<string, string>>): Record<string, string> {
  const lines = (text: string): string => text.split("\n").map(printableLine).join("\n");
  return Object.fromEntries(Object.entries(data).map(([name, text]) => [name, lines(text)]));
}

function fixOf(edits: EditList): (fixer: Rule.RuleFixer) => Rule.Fix[] {
  return (fixer) => edits.all.map((edit) => fixer.replaceTextRange([...edit.range], edit.text));
}
