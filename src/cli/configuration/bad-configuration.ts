import { printable } from "../../platform/printable.ts";
import { Misuse } from "../parser.ts";

/** A configuration that says something wrong; the message is one sentence with its file, the key and what is allowed. */
export class BadConfiguration extends Misuse {
  override readonly isOfArguments = false;

  constructor(file: string, problem: string) {
    super(printable(`${file}: ${problem}`));
  }
}
