import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { pythonProgram } from "../tools";
import { start } from "./children";

const VERSION = "1.5.33";
const READY_SECONDS = 60;

/** Starts the emulated AWS on a free port of loopback; its address is returned once it answers. */
export async function startEmulator(): Promise<string> {
  const program = pythonProgram("ministack", VERSION);
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const said: string[] = [];
  const child = start(program, [], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      LOG_LEVEL: "WARNING",
      // Databases are records only: no container is started, wherever this runs.
      DOCKER_HOST: "unix:///dev/null",
    },
    onLine: (line) => said.push(line),
  });
  for (let second = 0; second < READY_SECONDS && child.exitCode === null; second++) {
    if (await answers(`${address}/_ministack/health`)) return address;
    await setTimeout(1000);
  }
  throw new Error(`the emulator did not answer on ${address}:\n${said.slice(-20).join("\n")}`);
}

async function answers(address: string): Promise<boolean> {
  return fetch(address, { signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
