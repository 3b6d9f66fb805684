import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { refuse, requireForm } from "../core/guard";
import { LoadBalancerProps } from "./load-balancer-props";

const DOMAIN_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const CERTIFICATE = /^arn:[\w-]+:(acm:[\w-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/\S+$/;

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
const ZONE_ID = /^[A-Z0-9]{1,32}$/;

/** The certificate that a load balancer shows: the one it is given, or one that AWS renews by a record in the zone. */
export function certificateOf(scope: Construct, { certificate, domain }: LoadBalancerProps): string {
  if (domain) requireForm(scope, "domain.name", domain.name, DOMAIN_NAME, "a domain name in small letters");
  if (domain?.zoneId !== undefined)
    requireForm(scope, "domain.zoneId", domain.zoneId, ZONE_ID, "the id of a hosted zone");
  if (certificate !== undefined) {
    requireForm(scope, "certificate", certificate, CERTIFICATE, "the ARN of a certificate in ACM or IAM");
    return certificate;
  }
  if (domain?.zoneId === undefined) {
    const mend = "or state certificate, the ARN of one that exists";
    return refuse(scope, { prop: "domain.zoneId", must: "be given, so that a certificate is made", got: domain, mend });
  }
  return proven(scope, domain.name, domain.zoneId);
}

/** @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html */
function proven(scope: Construct, domainName: string, zoneId: string): string {
  const certificate = new AcmCertificate(scope, "certificate", {
    domainName,
    validationMethod: "DNS",
    // A listener that uses it keeps it from being deleted.
    lifecycle: { createBeforeDestroy: true },
  });
  const proof = certificate.domainValidationOptions.get(0);
  const record = new Route53Record(scope, "certificate-proof", {
    zoneId,
    name: proof.resourceRecordName,
    type: proof.resourceRecordType,
    records: [proof.resourceRecordValue],
    ttl: 300,
    // The proof of a name stays the same for an account: an earlier certificate may have left it.
    allowOverwrite: true,
  });
  return new AcmCertificateValidation(scope, "certificate-proven", {
    certificateArn: certificate.arn,
    validationRecordFqdns: [record.fqdn],
  }).certificateArn;
}
