import { IncomingMessage, createServer, request } from "node:http";
import { AddressInfo } from "node:net";
import { JourneyStep } from "../../lib/observing";
import { CanaryPlan, canaryCode } from "../../lib/observing/canary-code";

type Judge = (response: IncomingMessage) => Promise<void>;
type Asked = Parameters<typeof request>[0];

/** Stands for the module of the runtime: it really asks, and writes down what it was told. */
class Synthetics {
  readonly steps: string[] = [];
  readonly done: string[] = [];
  readonly settings: unknown[] = [];

  constructor(
    private readonly endsOnFailure = false,
    private readonly answers = 200,
  ) {}

  getConfiguration() {
    return { setConfig: async (settings: unknown) => void this.settings.push(settings) };
  }

  async executeHttpStep(name: string, asked: Asked, judge: Judge): Promise<void> {
    this.steps.push(name);
    try {
      await judge(
        await new Promise<IncomingMessage>((answered, fail) => void request(asked, answered).on("error", fail).end()),
      );
    } catch (error) {
      if (this.endsOnFailure) throw error;
    }
  }

  async executeStep(name: string, does: () => Promise<unknown>): Promise<void> {
    this.steps.push(name);
    await does();
  }

  async getPage() {
    const did =
      (what: string) =>
      async (...given: unknown[]) =>
        void this.done.push([what, ...given.filter((each) => typeof each === "string")].join(" "));
    const goto = async (url: string) => {
      this.done.push(`goto ${url}`);
      return { ok: () => this.answers < 400, status: () => this.answers };
    };
    const [waitForSelector, waitForFunction, click, type] = ["wait", "until", "click", "type"].map(did);
    return { goto, waitForSelector, waitForFunction, click, type };
  }
}

/** Runs the code of a canary as its runtime does. */
async function run(plan: CanaryPlan, synthetics: Synthetics): Promise<void> {
  const exports: { handler?: () => Promise<void> } = {};
  const required = (name: string) => (name === "@aws/synthetics-puppeteer" ? synthetics : undefined);
  new Function("exports", "require", canaryCode(plan))(exports, required);
  await exports.handler!();
}

const server = createServer((asked, answer) => {
  answer.statusCode = asked.url === "/health" || asked.url === "/shop?deep=1" ? 200 : 503;
  answer.end(`this is ${asked.url}, ä`);
});
let address = "";
beforeAll(async () => {
  await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

test("a run is good where each path answers as it should", async () => {
  const synthetics = new Synthetics();
  const paths = [{ path: "/health", text: "ä" }, { path: "/shop?deep=1" }, { path: "/gone", status: 503 }];
  await run({ address, paths }, synthetics);
  expect(synthetics.steps).toEqual(["GET /health", "GET /shop?deep=1", "GET /gone"]);
});

test.each([
  ["another status", { path: "/gone" }],
  ["another text", { path: "/health", text: "all is well" }],
])("fails by %s, after it has asked all paths, whether or not a failed step ends a run", async (_, path) => {
  for (const endsOnFailure of [true, false]) {
    const synthetics = new Synthetics(endsOnFailure);
    const asked = run({ address, paths: [path, { path: "/shop?deep=1" }] }, synthetics);
    await expect(asked).rejects.toThrow(`no good answer from ${path.path}`);
    expect(synthetics.steps).toHaveLength(2);
  }
});

test("fails where nobody answers", async () => {
  const nobody = { address: "http://127.0.0.1:1", paths: [{ path: "/health" }] };
  await expect(run(nobody, new Synthetics())).rejects.toThrow("no good answer from /health");
});

const JOURNEY: readonly JourneyStep[] = [
  { step: "open-the-shop", open: "/shop?deep=1" },
  { step: "search", type: 'a "lamp"', into: "#search" },
  { step: "choose", click: ".lamp" },
  { step: "see-it", see: 'A "lamp"', within: "main" },
];

test("a journey takes its steps in one page, and waits for what it touches", async () => {
  const synthetics = new Synthetics();
  await run({ address: "https://shop.example.com", journey: JOURNEY }, synthetics);
  expect(synthetics.steps).toEqual(["open-the-shop", "search", "choose", "see-it"]);
  expect(synthetics.done).toEqual([
    "goto https://shop.example.com/shop?deep=1",
    "wait #search",
    'type #search a "lamp"',
    "wait .lamp",
    "click .lamp",
    'until (document.querySelector("main")?.innerText ?? "").includes("A \\"lamp\\"")',
  ]);
});

test("fails where a page does not open, before the next step", async () => {
  const synthetics = new Synthetics(true, 503);
  await expect(run({ address: "https://shop.example.com", journey: JOURNEY }, synthetics)).rejects.toThrow(
    "answers 503",
  );
  expect(synthetics.steps).toEqual(["open-the-shop"]);
});

test("a picture is taken of what failed, and of nothing else", async () => {
  const synthetics = new Synthetics();
  await run({ address, paths: [{ path: "/health" }] }, synthetics);
  expect(synthetics.settings).toEqual([
    { screenshotOnStepStart: false, screenshotOnStepSuccess: false, screenshotOnStepFailure: true },
  ]);
});
