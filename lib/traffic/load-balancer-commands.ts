import { Zone } from "../core/network";
import { WatchedLoadBalancer } from "./load-balancer-metrics";

/** Its ARN, in a command; AWS assigns it. */
function loadBalancerArn({ name }: Pick<WatchedLoadBalancer, "name">): string {
  return `$(aws elbv2 describe-load-balancers --names ${name} --query 'LoadBalancers[0].LoadBalancerArn' --output text)`;
}

/** The ARN of its target group, in a command. */
export function groupOf(watched: Pick<WatchedLoadBalancer, "name">): string {
  return `$(aws elbv2 describe-target-groups --load-balancer-arn ${loadBalancerArn(watched)} --query 'TargetGroups[0].TargetGroupArn' --output text)`;
}

/** Why which target is unhealthy. */
export function targetHealth(watched: Pick<WatchedLoadBalancer, "name">): string {
  const shown =
    "'TargetHealthDescriptions[].[Target.Id,Target.AvailabilityZone,TargetHealth.State,TargetHealth.Reason]'";
  return `aws elbv2 describe-target-health --target-group-arn ${groupOf(watched)} --query ${shown} --output text`;
}

/** Takes a zone out of DNS; AWS numbers zones by ids of each account's own. */
export function zonalShift(watched: Pick<WatchedLoadBalancer, "name">, zone: Zone): string {
  const id = `$(aws ec2 describe-availability-zones --zone-names ${zone} --query 'AvailabilityZones[0].ZoneId' --output text)`;
  return `aws arc-zonal-shift start-zonal-shift --resource-identifier ${loadBalancerArn(watched)} --away-from ${id} --expires-in 2h --comment "the zone is bad"`;
}

/** Puts a zone that was taken out back into DNS. */
export function endZonalShift(watched: Pick<WatchedLoadBalancer, "name">): string {
  const shift = `$(aws arc-zonal-shift list-zonal-shifts --status ACTIVE --resource-identifier ${loadBalancerArn(watched)} --query 'items[0].zonalShiftId' --output text)`;
  return `aws arc-zonal-shift cancel-zonal-shift --zonal-shift-id ${shift}`;
}

/** Which certificate it shows, whether AWS renews it, and by which records. */
export function renewal(watched: Pick<WatchedLoadBalancer, "name">): string {
  const certificate = `$(aws elbv2 describe-listeners --load-balancer-arn ${loadBalancerArn(watched)} --query "Listeners[?Protocol=='HTTPS'].Certificates[0].CertificateArn | [0]" --output text)`;
  const shown =
    "'Certificate.[NotAfter,RenewalSummary.RenewalStatus,DomainValidationOptions[].[DomainName,ValidationStatus,ResourceRecord]]'";
  return `aws acm describe-certificate --certificate-arn ${certificate} --query ${shown}`;
}

/** How often each of some metrics counted in the last quarter of an hour. */
export function counted(watched: Pick<WatchedLoadBalancer, "name">, ...metrics: readonly string[]): string {
  const read = `aws cloudwatch get-metric-statistics --namespace AWS/ApplicationELB --metric-name "$METRIC" --dimensions Name=LoadBalancer,Value="$LB" --statistics Sum --period 60 --start-time $(($(date +%s) - 900)) --end-time $(date +%s) --query '[Label,sum(Datapoints[].Sum)]' --output text`;
  return `\`LB=${loadBalancerArn(watched)}\`, \`LB=$(echo "$LB" | sed 's|.*:loadbalancer/||')\`, \`for METRIC in ${metrics.join(" ")}; do ${read}; done\``;
}

/** What of the access logs of the last minutes a program of awk prints, most often first. */
function inLogs({ logs, name }: Pick<WatchedLoadBalancer, "logs" | "name">, program: string): string {
  const bucket = `$(aws elbv2 describe-load-balancer-attributes --load-balancer-arn ${loadBalancerArn({ name })} --query "Attributes[?Key=='access_logs.s3.bucket'].Value" --output text)`;
  const newest = `aws s3 ls "$LOGS" | awk '/app.${name}[.]/ { print $4 }' | tail -n 6`;
  return `\`LOGS=s3://${bucket}/${logs}/$(date -u +%Y/%m/%d)/\`, \`${newest} | xargs -I % aws s3 cp "$LOGS%" - | gunzip | awk '${program}' | sort | uniq -c | sort -rn | head -n 20\``;
}

/** Which requests failed, by status, target and path: an entry every five minutes, some minutes late. */
export function failedRequests(watched: Pick<WatchedLoadBalancer, "logs" | "name">): string {
  return inLogs(watched, '$9 >= 500 { split($14, url, "?"); print $9, $10, $5, url[1] }');
}

/** Which requests took a second or more, by path. */
export function slowRequests(watched: Pick<WatchedLoadBalancer, "logs" | "name">): string {
  return inLogs(watched, '$7 >= 1 { split($14, url, "?"); print url[1] }');
}
