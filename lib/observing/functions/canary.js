"use strict";
// Runs in CloudWatch Synthetics: asks paths, or goes through the steps of a journey. Its `plan` is written at its end.

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the runtime loads it as it is
const synthetics = require("@aws/synthetics-puppeteer");

/** A picture of each good step would cost more than it tells, and show what users see. */
const PICTURES = { screenshotOnStepStart: false, screenshotOnStepSuccess: false, screenshotOnStepFailure: true };

/** Milliseconds that a page has to show something. */
const PATIENCE = 30_000;

exports.handler = async () => {
  const { address, paths = [], journey = [] } = exports.plan;
  await synthetics.getConfiguration().setConfig(PICTURES);
  const failed = [];
  for (const path of paths) if (!(await answers(address, path))) failed.push(path.path);
  // Whether a failed step ends a run is a setting of the runtime: a run that missed anything says so itself.
  if (failed.length > 0) throw new Error(`no good answer from ${failed.join(", ")}`);
  if (journey.length === 0) return;
  const page = await synthetics.getPage();
  for (const step of journey) await synthetics.executeStep(step.step, () => taken(page, address, step));
};

/** Asks one path; every path is asked, also after one that failed. */
async function answers(address, { path, status, text }) {
  const { protocol, hostname, port } = new URL(address);
  let isGood = false;
  const judge = async (response) => {
    const body = await bodyOf(response);
    if (response.statusCode !== status) throw new Error(`${path} answers ${response.statusCode}, not ${status}`);
    if (text !== undefined && !body.includes(text)) throw new Error(`${path} does not say "${text}"`);
    isGood = true;
  };
  const asked = { method: "GET", protocol, hostname, path, ...(port && { port: Number(port) }) };
  try {
    await synthetics.executeHttpStep(`GET ${path}`, asked, judge);
  } catch {
    // The step has reported it.
  }
  return isGood;
}

async function bodyOf(response) {
  const chunks = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function taken(page, address, { open, click, type, into, see, within = "body" }) {
  if (open !== undefined) return opened(page, new URL(open, address).href);
  if (click !== undefined) {
    await page.waitForSelector(click, { visible: true, timeout: PATIENCE });
    return page.click(click);
  }
  if (type !== undefined) {
    await page.waitForSelector(into, { visible: true, timeout: PATIENCE });
    return page.type(into, type);
  }
  const shown = `(document.querySelector(${JSON.stringify(within)})?.innerText ?? "").includes(${JSON.stringify(see)})`;
  return page.waitForFunction(shown, { timeout: PATIENCE });
}

async function opened(page, url) {
  const response = await page.goto(url, { waitUntil: "domcontentloaded", timeout: PATIENCE });
  if (!response?.ok()) throw new Error(`${url} answers ${response?.status()}`);
}
