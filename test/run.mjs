import { spawn } from "node:child_process";

// `npm test`: all checks at once. What each one says is kept together, and any that fails makes the whole fail.
const CHECKS = {
  types: ["tsc", "--incremental", "--tsBuildInfoFile", ".cache/tsc.tsbuildinfo"],
  lint: ["eslint", "."],
  tests: ["jest", "--ci", "--config", "test/shared-process.config.mjs", ...process.argv.slice(2)],
};

const failed = [];
await Promise.all(Object.entries(CHECKS).map(([name, command]) => check(name, command)));
console.log(failed.length === 0 ? "All checks pass." : `Failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function check(name, [program, ...args]) {
  return new Promise((resolve) => {
    // npm puts the programs of node_modules on the path.
    const started = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    const said = [];
    started.stdout.on("data", (text) => said.push(text));
    started.stderr.on("data", (text) => said.push(text));
    started.on("error", (error) => said.push(Buffer.from(`${error.message}\n`)));
    started.on("close", (code) => {
      if (code !== 0) failed.push(name);
      console.log(`── ${name}: ${code === 0 ? "passed" : "FAILED"}`);
      process.stdout.write(Buffer.concat(said));
      resolve();
    });
  });
}
