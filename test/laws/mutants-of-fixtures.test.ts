import { fixtures } from "./fixtures.ts";
import { tryMutants } from "./mutants.ts";

tryMutants("whole functions", fixtures, 22);
