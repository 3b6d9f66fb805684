import { TerraformStack } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { Fleet } from "../../lib/compute";
import { ServiceGraph } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { Dashboard } from "../../lib/observing";
import { Objectives } from "../../lib/recovery";
import { DeclaredService, Manifest } from "../../lib/review/manifest";
import { diagram } from "../../lib/review/service/diagram";
import { servicePage } from "../../lib/review/service/page";
import { LoadBalancer } from "../../lib/traffic";
import { network, synth } from "../synth";

function orders(stack: TerraformStack): void {
  const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
  const entrance = new LoadBalancer(stack, "entrance", { network: network(), certificate });
  const fleet = new Fleet(stack, "fleet", {
    network: network(),
    behind: entrance,
    image: "ami-0a1b2c3d4e5f60718",
    load: { peakRequestsPerSecond: 900, perInstance: 150 },
  });
  const database = new Postgres(stack, "database", { network: network() });
  const reports = new Postgres(stack, "reports", { network: network() });
  const because = 'the page "last month" is empty without it';
  const graph = new ServiceGraph(stack, "orders", {
    entrance,
    runs: fleet,
    needs: [database],
    prefers: [{ on: reports, because }],
  });
  const alarms = new Alarms(stack, "alarms", {
    notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
  });
  alarms.watch(database);
  new Dashboard(stack, "dashboard", { of: graph });
  new Objectives(stack, "objectives", { of: graph, zone: { rto: "5 minutes", rpo: "0 seconds" } });
}

const { manifest } = synth(orders);
const page = servicePage(manifest)["service.md"];

test("the page shows the graph: what is needed by lines, what is preferred by dots and with its reason", () => {
  expect(page).toContain('n0["database"]');
  expect(page).toMatch(/n\d+ --> n0\n/);
  expect(page).toMatch(/n\d+ -\. "the page #quot;last month#quot; is empty without it" \.-> n\d+/);
});

test("each part says what it is for the service, what its provider promises and what it survives", () => {
  expect(page).toContain(
    "| entrance | LoadBalancer | is entered here | 99.99 % (two zones or more) | instance, zone |",
  );
  expect(page).toMatch(/\| reports \| Postgres \| prefers it: the page .* \| 99.95 % \(Multi-AZ\)/);
});

test("recovery is told as it was reckoned", () => {
  expect(page).toMatch(/\| zone \| 5 minutes \| .+ \| 0 seconds \| 0 seconds \| assumed \|/);
  expect(page).toContain("1. database\n2. fleet\n3. entrance");
});

test("what is told as it happens stands beside the alarms", () => {
  expect(page).toContain("| ticket | [database events](runbooks/database/events.md) | an event |");
});

test("alarms lead to their runbooks, pages first", () => {
  const first = page.indexOf("| page | [database transactionIds](runbooks/database/transactionIds.md) |");
  expect(first).toBeGreaterThan(0);
  expect(page.indexOf("| ticket | [database cpu]")).toBeGreaterThan(first);
});

test("the alarms of the zones of one signal are one line", () => {
  const [alarm] = manifest.alarms.filter(({ path, urgency }) => path.endsWith("/database") && urgency === "ticket");
  const alarms = ["a", "b"].map((zone) => ({ ...alarm, signal: "slow", name: `slow-${zone}`, zone }));
  const text = servicePage({ ...manifest, alarms })["service.md"];
  const told = text.split("\n").filter((line) => line.includes("(runbooks/database/slow.md)"));
  expect(told).toEqual(["| ticket | [database slow](runbooks/database/slow.md) | `slow-a`, `slow-b` |"]);
});

test("the dashboard of the service is a link away, in CloudWatch and for Grafana", () => {
  expect(page).toContain(
    "- orders: [in CloudWatch](https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/test-dashboard), [for Grafana](dashboards/orders.json)",
  );
});

test("who is on call stands on it, and how an incident is led", () => {
  const levels = [
    { tell: ["test/primary"], within: "10 minutes" },
    { tell: ["test/leads"], within: "15 minutes" },
  ];
  const onCall = [{ path: "test/on-call", levels, repeats: 3 }];
  const text = servicePage({ ...manifest, onCall })["service.md"];
  expect(text).toContain("`test/on-call` tells, in this order:\n\n1. `test/primary`: 10 minutes to acknowledge.");
  expect(page).toContain("[incident response](incident-response.md)");
  expect(page).not.toContain("to acknowledge");
});

test("no section of it is empty, and nothing in it is a Terraform expression", () => {
  expect(page).not.toMatch(/^### .*\n\n#/m);
  expect(page).not.toContain("${");
});

test("a stack without services has no page", () => {
  expect(servicePage({ stack: "s", services: [] } as unknown as Manifest)).toEqual({});
});

test("a graph that GitHub would not draw is a list", () => {
  const edges = Array.from({ length: 501 }, (_, index) => ({ from: `s/a${index}`, to: "s/b", hard: true }));
  const service = { edges, recoveryOrder: [["s/b"]] } as unknown as DeclaredService;
  expect(diagram(service, "s")).toMatch(/^- s\/a0 needs s\/b\n/);
  expect(diagram({ ...service, edges: edges.slice(0, 500) }, "s")).toMatch(/^```mermaid/);
});
