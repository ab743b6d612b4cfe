const STATUS_TEXT = /^(.*?)\b([2-5]\d\d) - (.*)$/s;

/** How V1 wrote an answer into the text of an error: parsed, where it is JSON, and as JSON again. */
function writtenByV1(answer: string): string {
  try {
    return answer === "" ? "undefined" : JSON.stringify(JSON.parse(answer));
  } catch {
    return JSON.stringify(answer);
  }
}

function withoutName(text: string): string {
  return text.replace(/(?:StatusCode)?Error: $/, "");
}

/** True when both texts are the same but for an answer that the second one holds as it came. */
export function holdsAnswerAsItCame(legacy: string, modern: string): boolean {
  const [, before, status, written] = STATUS_TEXT.exec(legacy) ?? [];
  const [, otherBefore, otherStatus, answer] = STATUS_TEXT.exec(modern) ?? [];
  if (before === undefined || otherBefore === undefined || written === undefined || answer === undefined) return false;
  if (withoutName(before) !== withoutName(otherBefore) || status !== otherStatus) return false;
  // Where the answer ends, only the text behind it tells.
  for (let rest = 0; rest <= Math.min(written.length, answer.length); rest += 1) {
    const end = answer.length - rest;
    if (!written.endsWith(answer.slice(end))) return false;
    if (writtenByV1(answer.slice(0, end)) === written.slice(0, written.length - rest)) return true;
  }
  return false;
}
