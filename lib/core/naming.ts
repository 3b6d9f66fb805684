import { createHash } from "node:crypto";
import { IConstruct } from "constructs";

interface Form {
  readonly longest: number;
  /** Characters that may stay; others become a hyphen. */
  readonly keeps: RegExp;
  readonly lower?: true;
}

const WORD = /[^A-Za-z0-9-]/g;
const PATH = /[^A-Za-z0-9-_/]/g;
const ANY = /[^A-Za-z0-9-_./]/g;

/**
 * What each service accepts as a name.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html (each service's naming rules)
 */
const FORMS = {
  alarm: { longest: 255, keeps: ANY },
  "auto-scaling-group": { longest: 255, keeps: WORD },
  "backup-vault": { longest: 50, keeps: WORD },
  "backup-plan": { longest: 50, keeps: WORD },
  // Frameworks and report plans of AWS Backup.
  "backup-audit": { longest: 256, keeps: WORD },
  bucket: { longest: 63, keeps: WORD, lower: true },
  // Caches, users and groups of users of ElastiCache.
  cache: { longest: 40, keeps: WORD, lower: true },
  // 21 keeps it whole in the name of its function, which its role may write logs by.
  canary: { longest: 21, keeps: WORD, lower: true },
  chat: { longest: 128, keeps: WORD },
  dashboard: { longest: 255, keeps: WORD },
  "event-rule": { longest: 64, keeps: WORD },
  // A Multi-AZ DB cluster: the names of its instances begin with it.
  "db-cluster": { longest: 52, keeps: WORD, lower: true },
  "db-instance": { longest: 63, keeps: WORD, lower: true },
  "db-group": { longest: 255, keeps: WORD, lower: true },
  "ecs-cluster": { longest: 255, keeps: WORD },
  "delivery-stream": { longest: 64, keeps: WORD },
  // A tag, which tells the template: AWS assigns its id.
  experiment: { longest: 256, keeps: ANY },
  "experiment-action": { longest: 64, keeps: WORD },
  // 256 with `alias/` in front.
  "kms-alias": { longest: 250, keeps: PATH },
  // The token that makes a file system once.
  "file-system": { longest: 64, keeps: WORD },
  function: { longest: 64, keeps: WORD },
  image: { longest: 128, keeps: WORD },
  "image-repository": { longest: 256, keeps: WORD, lower: true },
  "identity-pool": { longest: 128, keeps: WORD },
  "launch-template": { longest: 125, keeps: WORD },
  "load-balancer": { longest: 32, keeps: WORD },
  // 512 with what a service puts in front; and a tag, which such a name is too, has 256.
  "log-group": { longest: 256, keeps: ANY },
  // 255 with a prefix of ours.
  "metric-namespace": { longest: 240, keeps: ANY },
  // Schedules, escalation policies and services of PagerDuty.
  pager: { longest: 100, keeps: WORD },
  parameter: { longest: 900, keeps: WORD },
  "resiliency-policy": { longest: 60, keeps: WORD },
  "restore-test": { longest: 50, keeps: WORD },
  // 80 with `.fifo` at the end.
  queue: { longest: 75, keeps: WORD },
  // App monitors of CloudWatch RUM.
  "real-users": { longest: 255, keeps: WORD },
  "routing-control": { longest: 64, keeps: WORD },
  role: { longest: 64, keeps: WORD },
  schedule: { longest: 64, keeps: WORD },
  "security-group": { longest: 255, keeps: WORD },
  "state-machine": { longest: 80, keeps: WORD },
  secret: { longest: 512, keeps: PATH },
  table: { longest: 255, keeps: WORD },
  "target-group": { longest: 32, keeps: WORD },
  // 256 with `.fifo` at the end.
  topic: { longest: 251, keeps: WORD },
  // Groups and sampling rules of X-Ray.
  trace: { longest: 32, keeps: WORD },
} as const satisfies Record<string, Form>;

/** What a name is for. */
export type Named = keyof typeof FORMS;

/**
 * The physical name of a resource: its construct path, in the characters the service accepts, cut to its length.
 *
 * A name that had to be changed or cut ends in a hash of the whole path, so that it stays apart from its neighbours.
 * `distinct` goes into the hash: what forces a replacement, where the successor is created before its predecessor is
 * destroyed.
 */
export function nameOf(scope: IConstruct, named: Named, suffix = "", distinct = ""): string {
  const { longest, keeps, lower }: Form = FORMS[named];
  const path = [...scope.node.path.split("/").filter((part) => part !== "Resource"), suffix].filter(Boolean).join("-");
  const cased = lower ? path.toLowerCase() : path;
  // Services refuse a doubled or outer hyphen (RDS, load balancers), or a first digit (RDS).
  const plain = cased
    .replace(keeps, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^[^A-Za-z]+|-+$/g, "");
  if (plain === path && plain.length <= longest && distinct === "") return plain;
  const hash = createHash("sha256").update(`${scope.node.path}/${suffix}/${distinct}`).digest("hex").slice(0, 8);
  // A path may have no letter that the service knows.
  return `${(plain || named).slice(0, longest - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** A name as construct ids are written: `freeStorage` is `free-storage`. */
export function kebab(name: string): string {
  return name
    .replace(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
