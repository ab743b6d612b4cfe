import { pageUrl } from "../platform/this-package.ts";
import type { Explained } from "../report/explain.ts";
import { verdictMeanings } from "./help-texts.ts";

/** A word that is not a remark: a verdict, a transform, or a rule of the ESLint plugin. Undefined for any other one. */
export async function otherWord(word: string): Promise<Explained | undefined> {
  const [, meaning] = verdictMeanings.find(([verdict]) => verdict === word) ?? [];
  if (meaning !== undefined) {
    return { id: word, title: "A verdict", paragraphs: [`${meaning}.`], docs: pageUrl("README.md#verdicts") };
  }
  const id = word.replace(/^faas\//u, "");
  return (await ruleOf(id)) ?? transformOf(id);
}

async function ruleOf(id: string): Promise<Explained | undefined> {
  const { rules } = await import("../plugin/rules.ts");
  const [, rule] = Object.entries(rules).find(([each]) => each === id) ?? [];
  if (rule === undefined) return undefined;
  const { description, transform } = rule.meta.docs;
  const repair = transform === undefined ? [] : [`The transform ${transform} repairs it.`];
  const docs = pageUrl(`docs/rules/${id}.md`);
  return { id: `faas/${id}`, title: "A rule of the ESLint plugin", paragraphs: [`${description}.`, ...repair], docs };
}

async function transformOf(id: string): Promise<Explained | undefined> {
  const { steps } = await import("../migrate/steps.ts");
  const { configTransform } = await import("../migrate/config-report.ts");
  const step = [...steps, configTransform].find((each) => each.id === id);
  return (
    step && { id, title: "A transform", paragraphs: [step.description], docs: pageUrl(`docs/transforms/${id}.md`) }
  );
}
