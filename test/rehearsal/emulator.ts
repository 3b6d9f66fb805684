import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pythonProgram } from "../tools";
import { start } from "./children";

const VERSION = "1.5.33";
const READY_SECONDS = 60;
/**
 * Longer than any client keeps an idle connection. The emulator's own start ends one after 75 seconds and clients after 90:
 * a call that comes in between is carried out, its answer is lost, and the second try finds that the thing exists already.
 * Not much longer: it also keeps what a client has closed for so long.
 */
const KEEP_ALIVE_SECONDS = 150;

/** Starts the emulated AWS on a free port of loopback; its address is returned once it answers. */
export async function startEmulator(): Promise<string> {
  const server = join(dirname(pythonProgram("ministack", VERSION)), "hypercorn");
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const said: string[] = [];
  // No workers: it serves in the process that is started, and ends with it.
  const settings = ["--bind", `127.0.0.1:${port}`, "--workers", "0", "--keep-alive", String(KEEP_ALIVE_SECONDS)];
  const child = start(server, [...settings, "ministack.app:app"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GATEWAY_PORT: String(port),
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
