// Loaded into each measured process by NODE_OPTIONS: notes at its end what it took, all its threads together.
import { appendFileSync } from "node:fs";
import process from "node:process";

const file = process.env["BENCH_USAGE"];
if (file !== undefined) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    const megabytes = process.resourceUsage().maxRSS / 1024;
    appendFileSync(file, `${JSON.stringify({ cpu: (user + system) / 1000, megabytes })}\n`);
  });
}
