import { basename } from "node:path";

type Fields = Readonly<Record<string, unknown>>;

const TEXT_TYPES = ["string", "number"];

/** A file of a form, whose name and type are given. */
function fileOf(part: unknown): { readonly value: unknown; readonly options: Fields } | undefined {
  const isFile = typeof part === "object" && part !== null && Object.hasOwn(part, "value");
  return isFile && Object.hasOwn(part, "options") ? (part as { value: unknown; options: Fields }) : undefined;
}

/** True for a form with parts that the client would not send as texts, or as files with a name and a type. */
export function hasUnsimulatedPart(form: unknown): boolean {
  if (typeof form !== "object" || form === null) return Boolean(form);
  const parts: readonly unknown[] = Object.values(form).flat();
  return parts.some((part) => {
    const { value, options } = fileOf(part) ?? { value: part, options: undefined };
    const isNamed = options === undefined || ["filename", "contentType"].every((name) => name in options);
    const isSimulated = [...TEXT_TYPES, "undefined"].includes(typeof value) || value === null || Buffer.isBuffer(value);
    return !isSimulated || !isNamed;
  });
}

/**
 * Checks what form-data reads of each part.
 *
 * @throws the TypeError of form-data, which the call of the client gives as it is
 */
export function checkFormData(form: unknown): void {
  const parts: readonly unknown[] = Object.values((form || {}) as Fields).flat();
  const missing = parts.filter((part) => part === undefined || part === null);
  if (missing.length > 0) throw new TypeError(`Cannot read properties of ${String(missing[0])} (reading 'name')`);
}

/** A multipart form as form-data 2.3 writes it. */
export function formDataOf(form: Fields): { readonly type: string; readonly body: Buffer } {
  const parts = Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => partOf(name, value)));
  const body = Buffer.concat([...parts.flat(), Buffer.from("--boundary--\r\n")]);
  return { type: "multipart/form-data; boundary=boundary", body };
}

function partOf(name: string, part: unknown): Buffer[] {
  const { value, options } = fileOf(part) ?? { value: part, options: undefined };
  const file =
    options === undefined
      ? ""
      : `; filename="${basename(String(options["filename"]))}"\r\nContent-Type: ${String(options["contentType"])}`;
  const head = `--boundary\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
  const content = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
  return [Buffer.from(head), content, Buffer.from("\r\n")];
}
