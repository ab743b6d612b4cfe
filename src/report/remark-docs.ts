import type { Remark } from "../migrate/result.ts";
import { pageUrl } from "../platform/this-package.ts";

/** A remark with the address of the paragraph that explains it. */
export interface DocumentedRemark extends Remark {
  readonly docs: string;
}

/** The address of the paragraph about a kind of remark, in the documentation of this version. */
export function docsOf(id: string): string {
  return pageUrl(`docs/reasons.md#${id}`);
}

export function withDocs(remark: Remark): DocumentedRemark {
  return { ...remark, docs: docsOf(remark.id) };
}
