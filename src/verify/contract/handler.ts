/** The function under test behind its platform's contract. May throw, return a value or a promise. */
export type Handler = (input: unknown) => unknown;
