import { execFileSync } from "node:child_process";
import { failedRequests, slowRequests } from "../../lib/traffic/load-balancer-commands";
import { loadBalancerRelief } from "../../lib/traffic/load-balancer-relief";

const watched = {
  name: "orders",
  zones: ["eu-west-1a", "eu-west-1b"],
  logs: "AWSLogs/1/elasticloadbalancing/eu-west-1",
};

/** What a step shows where its bucket has one file of access logs, with these lines. */
function shown(step: string, lines: readonly string[]): string {
  const commands = [...step.matchAll(/`([^`]+)`/g)].map(([, command]) => command);
  const aws = `aws() { case "$*" in
    "s3 ls"*) echo "2026-03-31 02:10:00 77 1_elasticloadbalancing_eu-west-1_app.orders.id_x.log.gz";;
    *) echo bucket;;
  esac; }`;
  // xargs calls no function of a shell: what it would print is what the file holds.
  const read = commands.map((command) =>
    command.replace(/xargs -I % aws s3 cp "\$LOGS%" -/, 'grep -q orders && printf "%s" "$LINES" | gzip'),
  );
  const env = { ...process.env, LINES: lines.map((line) => `${line}\n`).join("") };
  return execFileSync("sh", ["-c", [aws, ...read].join("\n")], { encoding: "utf8", env }).trim();
}

const line = (status: string, took: string, path: string) =>
  `https 2026-03-31T02:10:00.000000Z app/orders/id 198.51.100.7:4711 10.0.1.2:8080 0.001 ${took} 0.000 ${status} ${status} 34 366 "GET https://orders.example.com:443${path} HTTP/2.0" "curl" - - arn "-" "-" "-" 0`;

test("the access logs say which path fails at which target, most often first", () => {
  const lines = [
    line("500", "0.01", "/pay?id=1"),
    line("500", "0.01", "/pay?id=2"),
    line("502", "0.01", "/"),
    line("200", "0.01", "/"),
  ];
  const rows = shown(failedRequests(watched), lines)
    .split("\n")
    .map((row) => row.trim());
  expect(rows).toEqual([
    "2 500 500 10.0.1.2:8080 https://orders.example.com:443/pay",
    "1 502 502 10.0.1.2:8080 https://orders.example.com:443/",
  ]);
});

test("they say which path takes a second or more", () => {
  const lines = [line("200", "1.20", "/report"), line("200", "0.99", "/pay")];
  expect(shown(slowRequests(watched), lines)).toBe("1 https://orders.example.com:443/report");
});

test("each zone is taken out by a command of its own: nothing has to be filled in at night", () => {
  const [away] = loadBalancerRelief(watched).away;
  const commands = [...away.matchAll(/`([^`]+)`/g)].map(([, command]) => command);
  expect(commands.map((command) => /--zone-names (\S+)/.exec(command)?.[1])).toEqual(watched.zones);
});

test("the shift that is taken back is that of this load balancer, not one of another service", () => {
  const [, back] = loadBalancerRelief(watched).away;
  expect(back).toContain("--names orders");
  expect(back).toMatch(/list-zonal-shifts .*--resource-identifier/);
});
