import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The editor did not come to an end as it should. */
export class EditorFailed extends Error {}

/**
 * Lets a person edit a copy of a text in their editor: `VISUAL`, `EDITOR`, or what every system has.
 *
 * @param name of the file, by whose ending editors know the language
 * @throws {EditorFailed} where it can't be started, or says that it failed
 */
export async function editCopy(
  name: string,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "faas-migrate-edit-"));
  const file = join(folder, name);
  try {
    writeFileSync(file, text);
    await runEditor(editorOf(env), file);
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function editorOf({ VISUAL, EDITOR }: Readonly<Record<string, string | undefined>>): string {
  const [editor] = [VISUAL, EDITOR].filter((each) => each !== undefined && each.trim() !== "");
  return editor ?? (process.platform === "win32" ? "notepad" : "vi");
}

/** The variable may hold arguments too (`code --wait`), so a shell takes it apart, as git lets it. */
function runEditor(editor: string, file: string): Promise<void> {
  const child =
    process.platform === "win32"
      ? spawn(`${editor} "${file}"`, { shell: true, stdio: "inherit" })
      : spawn("sh", ["-c", `${editor} "$@"`, editor, file], { stdio: "inherit" });
  // Ctrl+C belongs to the editor as long as it runs.
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  return new Promise<void>((resolve, reject) => {
    child.on("error", (error) => {
      reject(new EditorFailed(`the editor could not be started: ${error.message}`));
    });
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new EditorFailed(`the editor \`${editor}\` ended with ${signal ?? `exit code ${String(code)}`}`));
    });
  }).finally(() => process.off("SIGINT", ignore));
}
