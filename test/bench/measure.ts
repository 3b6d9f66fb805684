import { createRequire } from "node:module";

/** Loads a program, runs it, and says what it took: `node measure.js <program> [<argument>...]`, each time anew. */
const [program, ...given] = process.argv.slice(2);
const idle = process.cpuUsage();
const begun = performance.now();
const { run } = createRequire(__filename)(program) as { readonly run?: (...args: readonly string[]) => void };
run?.(...given);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(idle);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, megabytes }));
