import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { seconds } from "../core/duration";
import { refuse, requireForm, requireOneOf, requireThat, requireWhole } from "../core/guard";
import { kebab } from "../core/naming";
import { Endpoint, RegionHealth } from "./region-failover-props";

/** A health as it is checked, with nothing left to a default. */
export interface CheckedHealth extends Required<Omit<RegionHealth, "contains">>, Pick<RegionHealth, "contains"> {
  /** Seconds until a region that serves no more counts as unhealthy. */
  readonly detectionSeconds: number;
}

/** Refuses a check that Route 53 would refuse, or that would never find out. */
export function healthOf(scope: Construct, health: RegionHealth = {}): CheckedHealth {
  const { paths = ["/healthz"], port = 443, interval = "10 seconds", failures = 3, contains } = health;
  requireThat(scope, paths.length > 0, { prop: "health.paths", must: "name at least one path", got: paths });
  for (const path of paths) {
    requireForm(scope, "health.paths", path, /^\/[\x21-\x7e]{0,254}$/, "paths that begin with /");
  }
  const twice = paths.find((path, index) => paths.findIndex((other) => kebab(other) === kebab(path)) !== index);
  if (twice !== undefined) refuse(scope, { prop: "health.paths", must: "name each path once", got: paths });
  requireWhole(scope, "health.port", port, 1, 65_535);
  requireOneOf(scope, "health.interval", interval, ["10 seconds", "30 seconds"]);
  requireWhole(scope, "health.failures", failures, 1, 10);
  if (contains !== undefined)
    requireForm(scope, "health.contains", contains, /^.{1,255}$/, "a text of 1 to 255 characters");
  return { paths, port, interval, failures, contains, detectionSeconds: seconds(interval) * failures };
}

/**
 * The check of one region by name, which asks its endpoint from many places; several paths are one check that needs all.
 *
 * By HTTPS without a look at the certificate: Route 53 verifies none, so that the endpoint can be asked by its own name.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export function healthCheck(
  scope: Construct,
  region: string,
  { dnsName, switchedBy }: Endpoint & { readonly switchedBy?: string },
  { paths, port, interval, failures, contains }: CheckedHealth,
): Route53HealthCheck {
  const asked = (id: string, path: string) =>
    new Route53HealthCheck(scope, id, {
      type: contains === undefined ? "HTTPS" : "HTTPS_STR_MATCH",
      fqdn: dnsName,
      port,
      resourcePath: path,
      ...(contains !== undefined && { searchString: contains }),
      requestInterval: seconds(interval),
      failureThreshold: failures,
      enableSni: true,
      measureLatency: false,
      invertHealthcheck: false,
      disabled: false,
      tags: { Name: `${scope.node.path} ${region} ${path}` },
    });
  if (paths.length === 1 && switchedBy === undefined) return asked(`health-${region}`, paths[0]);
  const children = paths.map((path) => asked(`health-${region}-${kebab(path) || "root"}`, path));
  if (switchedBy !== undefined) children.push(switched(scope, region, switchedBy));
  return new Route53HealthCheck(scope, `health-${region}`, {
    type: "CALCULATED",
    childHealthchecks: children.map(({ id }) => id),
    childHealthThreshold: children.length,
    invertHealthcheck: false,
    disabled: false,
    tags: { Name: `${scope.node.path} ${region}` },
  });
}

/** Healthy while somebody has the region switched on. */
function switched(scope: Construct, region: string, routingControlArn: string): Route53HealthCheck {
  return new Route53HealthCheck(scope, `switch-${region}`, {
    type: "RECOVERY_CONTROL",
    routingControlArn,
    tags: { Name: `${scope.node.path} ${region} switch` },
  });
}
