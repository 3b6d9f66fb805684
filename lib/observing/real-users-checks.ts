import { IConstruct } from "constructs";
import { requireBetween, requireForm, requireKnown, requireThat } from "../core/guard";
import { placeOf } from "../core/place";
import { RealUsersProps } from "./real-users-props";
import { hoursOfSilence } from "./real-users-signals";

/** The share of sessions that is measured where nobody says another. */
export const SAMPLE_RATE = 0.1;

/** A name, with a star for its first part at most. */
const DOMAIN = /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PAGE = /^https?:\/\/[^\s/?#]+[^\s]*$/;

/** @see https://docs.aws.amazon.com/cloudwatchrum/latest/APIReference/API_CreateAppMonitor.html */
const MOST = { domains: 5, pages: 50, address: 1260 } as const;

/** Refuses what RUM would, and what would measure nothing. */
export function requireRealUsers(scope: IConstruct, props: RealUsersProps): void {
  const { domains, sessionSampleRate = SAMPLE_RATE, viewsPerHour, excludedPages = [] } = props;
  const { partition } = placeOf(scope);
  const mend = "Cognito and RUM have other names there: make the app monitor by hand";
  requireThat(scope, partition === "aws", { prop: "place", must: "be in the partition aws", got: partition, mend });
  requireDomains(scope, domains);
  requireRate(scope, sessionSampleRate);
  if (viewsPerHour !== undefined) requireViews(scope, viewsPerHour, sessionSampleRate);
  requirePages(scope, domains, excludedPages);
}

function requireDomains(scope: IConstruct, domains: readonly string[]): void {
  const count = { prop: "domains", must: `name 1 to ${MOST.domains}`, got: domains };
  requireThat(scope, domains.length >= 1 && domains.length <= MOST.domains, count);
  for (const domain of domains) {
    requireKnown(scope, "domains", domain);
    const form = "a domain name in small letters, as shop.example.com or *.example.com";
    requireForm(scope, "domains", domain, DOMAIN, form, "leave out https://, ports and paths");
  }
  const isDistinct = new Set(domains).size === domains.length;
  requireThat(scope, isDistinct, { prop: "domains", must: "name each once", got: domains });
}

function requireRate(scope: IConstruct, rate: number): void {
  const prop = "sessionSampleRate";
  requireKnown(scope, prop, rate);
  requireBetween(scope, prop, rate, 0, 1, "it is a share: 0.1 is one in ten");
  const mend = "leave the construct out where nothing is to be measured";
  requireThat(scope, rate > 0, { prop, must: "be above 0", got: rate, mend });
}

function requireViews(scope: IConstruct, viewsPerHour: number, rate: number): void {
  const prop = "viewsPerHour";
  requireKnown(scope, prop, viewsPerHour);
  const [hours = Infinity, mend] = [hoursOfSilence(viewsPerHour, rate), "measure more sessions, or leave it out"];
  const must = "be so many that a day has a hundred measured page views";
  requireThat(scope, viewsPerHour > 0 && hours <= 24, { prop, must, got: viewsPerHour, mend });
}

function requirePages(scope: IConstruct, domains: readonly string[], pages: readonly string[]): void {
  const most = { prop: "excludedPages", must: `name ${MOST.pages} at most`, got: pages.length, mend: "join some by *" };
  requireThat(scope, pages.length <= MOST.pages, most);
  for (const page of pages) {
    requireForm(scope, "excludedPages", page, PAGE, "a whole address, such as https://shop.example.com/account*");
    requireThat(scope, page.length <= MOST.address, {
      prop: "excludedPages",
      must: `have ${MOST.address} characters at most`,
      got: page,
    });
    const [, host] = /^https?:\/\/([^/:?#]+)/.exec(page) ?? [];
    const isServed = host !== undefined && (host.includes("*") || domains.some((domain) => covers(domain, host)));
    const mend = "add its domain, or leave the page out";
    requireThat(scope, isServed, { prop: "excludedPages", must: `be of ${domains.join(", ")}`, got: page, mend });
  }
}

/** Whether a name is that of a domain, or one below it. */
function covers(domain: string, host: string): boolean {
  return domain.startsWith("*.") ? host.endsWith(domain.slice(1)) : host === domain;
}

/** A page as the web client wants it: a regular expression, in which only the star is more than a character. */
export function expressionOf(page: string): string {
  const literal = page.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return `^${literal.replaceAll("*", ".*")}$`;
}
