/** The V2 packages that the user may choose in place of the one that V1 used. */
export const packageChoices = ["es-toolkit"] as const;

/** `es-toolkit`: `es-toolkit/compat` takes the place of lodash. */
export type PackageChoice = (typeof packageChoices)[number];
