import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { requireForm } from "../core/guard";

/**
 * TLS 1.3, and 1.2 with forward secrecy only for clients that cannot.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** What the listeners of a load balancer serve. */
export interface Served {
  readonly loadBalancerArn: string;
  readonly targetGroupArn: string;
  readonly certificateArn: string;
  /** @default "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" */
  readonly tlsPolicy?: string;
}

/** HTTPS to the targets; whoever comes by HTTP is sent to HTTPS. */
export function listeners(scope: Construct, served: Served): { readonly https: LbListener; readonly http: LbListener } {
  const { loadBalancerArn, targetGroupArn, certificateArn, tlsPolicy = TLS_POLICY } = served;
  const form = "a policy with TLS 1.3, such as ELBSecurityPolicy-TLS13-1-3-2021-06";
  requireForm(scope, "tlsPolicy", tlsPolicy, /^ELBSecurityPolicy-TLS13-1-[23](?!-Ext)[\w-]*$/, form);
  return {
    https: new LbListener(scope, "https", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy,
      certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn }],
    }),
    http: new LbListener(scope, "http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    }),
  };
}
