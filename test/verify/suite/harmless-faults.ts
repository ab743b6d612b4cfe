/** Planted faults that change nothing that anybody could see, each with the reason. */
export const harmlessFaults: ReadonlyMap<string, string> = new Map([]);
