import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CognitoIdentityPool } from "@cdktf/provider-aws/lib/cognito-identity-pool";
import { CognitoIdentityPoolRolesAttachment } from "@cdktf/provider-aws/lib/cognito-identity-pool-roles-attachment";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { RumAppMonitor } from "@cdktf/provider-aws/lib/rum-app-monitor";
import { TerraformOutput, Token } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { ServiceGraph } from "../../lib/core";
import { RealUsers, RealUsersProps } from "../../lib/observing";
import { expressionOf } from "../../lib/observing/real-users-checks";
import { Slo } from "../../lib/slo";
import { Synthesized, synth } from "../synth";
import { Mill, NOTIFY } from "./service";

const SHOP = { domains: ["shop.example.com"] };

const realUsers = (props: Partial<RealUsersProps> = {}) =>
  synth((stack) => {
    const { client } = new RealUsers(stack, "shop", { ...SHOP, ...props });
    new TerraformOutput(stack, "rum", { value: client });
  });

function watched(props: Partial<RealUsersProps> = {}): Synthesized {
  return synth((stack) => {
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new RealUsers(stack, "shop", { ...SHOP, ...props }));
  });
}

test("a tenth of the sessions is measured, without cookies, traces, events of your own or a copy in the logs", () => {
  expect(realUsers().the(RumAppMonitor)).toMatchObject({
    name: "test-shop",
    domain: "shop.example.com",
    cw_log_enabled: false,
    custom_events: { status: "DISABLED" },
    app_monitor_configuration: {
      session_sample_rate: 0.1,
      allow_cookies: false,
      enable_xray: false,
      telemetries: ["errors", "performance", "http"],
    },
  });
});

test("the web client is told what the app monitor is", () => {
  const asked = { sessionSampleRate: 0.5, allowCookies: true, tracing: true };
  const { applicationId, region, config } = realUsers(asked).json.output.rum.value;
  expect([applicationId, region]).toEqual([
    expect.stringMatching(/aws_rum_app_monitor\.\w+\.app_monitor_id/),
    "eu-west-1",
  ]);
  expect(config).toEqual({
    identityPoolId: expect.stringMatching(/aws_cognito_identity_pool\.\S+\.id/),
    endpoint: "https://dataplane.rum.eu-west-1.amazonaws.com",
    sessionSampleRate: 0.5,
    allowCookies: true,
    enableXRay: true,
    telemetries: ["errors", "performance", "http"],
    recordResourceUrl: false,
    pagesToExclude: [],
  });
  const monitor = realUsers(asked).the(RumAppMonitor).app_monitor_configuration;
  expect(monitor).toMatchObject({ session_sample_rate: 0.5, allow_cookies: true, enable_xray: true });
});

test("whoever opens a page may send events to this app monitor, and nothing else", () => {
  const stack = realUsers();
  expect(JSON.parse(stack.the(IamRolePolicy).policy).Statement).toEqual([
    {
      Sid: "SendsEventsToItsAppMonitor",
      Effect: "Allow",
      Action: "rum:PutRumEvents",
      Resource: "arn:aws:rum:eu-west-1:111122223333:appmonitor/test-shop",
    },
  ]);
  expect(stack.the(CognitoIdentityPoolRolesAttachment).roles).toEqual({
    unauthenticated: expect.stringContaining("aws_iam_role.shop_role"),
  });
});

test("only guests of the own pool take the role, and only through Cognito", () => {
  const stack = realUsers();
  const [{ Action, Principal, Condition }] = JSON.parse(stack.the(IamRole).assume_role_policy).Statement;
  expect([Action, Principal]).toEqual([
    "sts:AssumeRoleWithWebIdentity",
    { Federated: "cognito-identity.amazonaws.com" },
  ]);
  expect(Condition).toEqual({
    StringEquals: { "cognito-identity.amazonaws.com:aud": expect.stringContaining("aws_cognito_identity_pool.shop") },
    "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
  });
  expect(stack.the(CognitoIdentityPool)).toMatchObject({
    allow_unauthenticated_identities: true,
    allow_classic_flow: false,
  });
});

test("several domains are a list", () => {
  const domains = ["shop.example.com", "*.example.org"];
  const monitor = realUsers({ domains }).the(RumAppMonitor);
  expect([monitor.domain, monitor.domain_list]).toEqual([undefined, domains]);
});

test("a page that is left out is so for app monitor and client, and those beside it are not", () => {
  const page = "https://shop.example.com/payment?step=1*";
  const stack = realUsers({ excludedPages: [page] });
  expect(stack.the(RumAppMonitor).app_monitor_configuration.excluded_pages).toEqual([page]);
  expect(stack.json.output.rum.value.config.pagesToExclude).toEqual([expressionOf(page)]);
  const leavesOut = new RegExp(expressionOf(page));
  expect(leavesOut.test("https://shop.example.com/payment?step=12")).toBe(true);
  expect(leavesOut.test("https://shop.example.com/paymen?step=1")).toBe(false);
  expect(leavesOut.test("https://shopXexample.com/payment?step=1")).toBe(false);
});

test.each([
  ["largest-paint", "WebVitalsLargestContentfulPaint", 2500],
  ["interaction", "WebVitalsInteractionToNextPaint", 200],
  ["layout-shift", "WebVitalsCumulativeLayoutShift", 0.1],
])("a quarter of the views with a worse %s than is good is a ticket", (signal, metric, good) => {
  expect(watched().at(CloudwatchMetricAlarm, `shop/alarms/${signal}-ticket`)).toMatchObject({
    namespace: "AWS/RUM",
    metric_name: metric,
    dimensions: { application_name: "test-shop" },
    extended_statistic: "p75",
    threshold: good,
    comparison_operator: "GreaterThanThreshold",
  });
});

test("errors of scripts are a ticket as a share of many page views, and nothing pages", () => {
  const alarms = watched().all(CloudwatchMetricAlarm);
  const queries = alarms["shop/alarms/script-errors-ticket"].metric_query as { expression?: string }[];
  expect(queries.map(({ expression }) => expression).join()).toContain("100");
  expect(Object.keys(alarms).filter((path) => path.endsWith("-page"))).toEqual([]);
});

test.each([
  [600, 0.2, 1],
  [100, 0.1, 10],
  [42, 0.1, 24],
])("where %d page views an hour are sampled by %d, %d hours without one are a ticket", (viewsPerHour, rate, hours) => {
  const silence = watched({ viewsPerHour, sessionSampleRate: rate });
  expect(silence.at(CloudwatchMetricAlarm, "shop/alarms/silence-ticket")).toMatchObject({
    metric_name: "PageViewCount",
    threshold: 1,
    comparison_operator: "LessThanThreshold",
    period: 3600,
    evaluation_periods: hours,
    datapoints_to_alarm: hours,
    treat_missing_data: "breaching",
  });
});

test("silence tells nobody where nobody says how many page views come", () => {
  expect(Object.keys(watched().all(CloudwatchMetricAlarm))).not.toContain("shop/alarms/silence-ticket");
});

test("an objective can be set on how late pages paint", () => {
  const promised = () =>
    synth((stack) => {
      const shop = new RealUsers(stack, "shop", SHOP);
      const of = new ServiceGraph(stack, "pages", { entrance: shop, runs: new Mill(stack, "mill") });
      const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
      const indicator = shop.indicators.paints;
      new Slo(stack, "fast", { objective: 95, of, indicator, within: "2500 milliseconds", alarms });
    });
  expect(JSON.stringify(promised().all(CloudwatchMetricAlarm))).toContain("WebVitalsLargestContentfulPaint");
});

test("names of a long path fit", () => {
  const long = "shop-".repeat(60);
  const stack = synth((stack) => void new RealUsers(stack, long, SHOP));
  expect(stack.the(RumAppMonitor).name.length).toBeLessThanOrEqual(255);
  expect(stack.the(CognitoIdentityPool).identity_pool_name.length).toBeLessThanOrEqual(128);
});

test.each<[string, Partial<RealUsersProps>, string]>([
  ["no domain", { domains: [] }, "'domains' must name 1 to 5"],
  ["a domain with a scheme", { domains: ["https://shop.example.com"] }, "'domains' must be a domain name"],
  ["a domain of later", { domains: [Token.asString({ Ref: "x" })] }, "'domains' must be known at synthesis"],
  ["a domain twice", { domains: ["a.example.com", "a.example.com"] }, "'domains' must name each once"],
  ["a share above one", { sessionSampleRate: 10 }, "'sessionSampleRate' must be between 0 and 1"],
  ["no sessions", { sessionSampleRate: 0 }, "'sessionSampleRate' must be above 0"],
  ["too few page views", { viewsPerHour: 41 }, "'viewsPerHour' must be so many that a day has a hundred"],
  ["no page views", { viewsPerHour: 0 }, "'viewsPerHour' must be so many that a day has a hundred"],
  ["a page without a domain", { excludedPages: ["/payment"] }, "'excludedPages' must be a whole address"],
  ["a page of somebody else", { excludedPages: ["https://example.net/a"] }, "'excludedPages' must be of shop.example"],
  [
    "too many pages",
    { excludedPages: Array.from({ length: 51 }, (_, index) => `https://shop.example.com/${index}`) },
    "'excludedPages' must name 50 at most",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => realUsers(props)).toThrow(message);
});

test("fails in a partition where Cognito has another name", () => {
  const elsewhere = () => synth((stack) => void new RealUsers(stack, "shop", SHOP), { region: "cn-north-1" });
  expect(elsewhere).toThrow("'place' must be in the partition aws");
});
