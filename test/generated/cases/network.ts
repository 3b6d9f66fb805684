import { TerraformVariable } from "cdktf";
import { Firewall, FirewallProps, Network, NetworkProps } from "../../../lib/network";
import { Peer } from "../../../lib/core";
import { Key, KeyProps, Secret, SecretProps } from "../../../lib/security";
import fc from "../../property";
import { generated } from "../case";
import { both, key, mostly, one, otherRegion, props, some, text, whole } from "../values";

const cidr = mostly(fc.constantFrom("10.20.0.0/16", "10.0.0.0/22", "172.16.64.0/18", "192.168.0.0/16"), [
  "10.20.0.0/15",
  "10.20.0.0/23",
  "10.20.0.1/16",
  "10.20.0/16",
  "2001:db8::/32",
  "127.0.0.0/16",
  "0.0.0.0/16",
  "224.0.0.0/16",
  "169.254.0.0/16",
  "100.64.0.0/16",
  "300.0.0.0/16",
  "10.20.0.0/016",
  "",
]);

const zones = mostly(fc.subarray(["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1h"], { minLength: 2 }), [
  [],
  ["eu-west-1a"],
  ["eu-west-1a", "eu-west-1a"],
  ["eu-west-1a", "eu-west-1z"],
  ["us-east-1a", "us-east-1b"],
]);

const endpoint = mostly(fc.constantFrom("ssm", "ecr.api", "ecr.dkr", "secretsmanager", "logs"), [
  "ecr-api",
  "s3",
  "S3",
  "",
]);

const network = props<Pick<NetworkProps, "cidr">, Omit<NetworkProps, "cidr">>(
  { cidr },
  { zones, connectedTo: some(cidr), endpoints: some(endpoint), key },
);

/** A rule as the methods of a firewall take it. */
interface Rule {
  readonly peer: Peer;
  readonly port: number;
  readonly why: string;
  readonly out: boolean;
}

const peer = mostly<Peer>(
  fc.constantFrom<Peer>(
    { securityGroupId: "sg-0a1b2c3d" },
    { cidr: "10.0.0.0/8" },
    { cidr: "0.0.0.0/0" },
    { cidr: "2001:db8::/32" },
    { cidr: "::/0" },
    { prefixListId: "pl-0a1b2c3d" },
  ),
  [
    {},
    { securityGroupId: "" },
    { cidr: "10.0.0.1/8" },
    { cidr: "anywhere" },
    { cidr: "::1/64" },
    { cidr: "10.0.0.0/8", prefixListId: "pl-0a1b2c3d" },
  ],
);

const rule = fc.record<Rule>({
  peer,
  port: whole(1, 65_535),
  why: text("orders", "health checks", "TLS: 1.3 (only)", "!!!", "x".repeat(255)),
  out: fc.boolean(),
});

const firewall = props<{ description: FirewallProps["description"]; rules: Rule[] }>({
  description: text("orders", "x".repeat(255)),
  rules: fc.array(rule, { maxLength: 4 }),
});

const keyProps = props<object, KeyProps>(
  {},
  {
    description: text("orders", "x".repeat(8192), "Grüße 🚀"),
    usedBy: some(one("logs", "alarms", "events", "rds-events", "backup-events", "bucket-events")),
    deletionDays: whole(7, 30),
    replicateTo: some(otherRegion),
    multiRegion: fc.boolean(),
    region: otherRegion,
  },
);

const KEY = "key/mrk-1234abcd12ab34cd56ef1234567890ab";

/** Where a secret is replicated to goes with the key that it is given. */
const replicated = fc.oneof<fc.Arbitrary<Pick<SecretProps, "key" | "replicateTo">>[]>(
  fc.constant({}),
  fc.record({ replicateTo: some(otherRegion, 1, 2) }),
  key.map((arn) => ({ key: { arn } })),
  mostly(fc.constantFrom(["eu-central-1"], ["eu-central-1", "us-east-1"]), [["eu-west-1"], ["eu-west-2"]]).map(
    (all) => ({
      replicateTo: all,
      key: {
        arn: `arn:aws:kms:eu-west-1:111122223333:${KEY}`,
        replicas: {
          "eu-central-1": { arn: `arn:aws:kms:eu-central-1:111122223333:${KEY}` },
          "us-east-1": { arn: `arn:aws:kms:us-east-1:111122223333:${KEY}` },
        },
      },
    }),
  ),
);

const secret = props<{ has: "no value" | "variable" | "text" }, Omit<SecretProps, "value" | "key" | "replicateTo">>(
  { has: mostly(fc.constantFrom("no value" as const, "variable" as const), ["text" as const]) },
  {
    description: text("token of the payment provider", "x".repeat(2048)),
    valueVersion: whole(1, 2_147_483_647),
    rotation: props<{ functionArn: string }, { everyDays: number }>(
      {
        functionArn: mostly(
          fc.constantFrom(
            "arn:aws:lambda:eu-west-1:111122223333:function:rotate",
            "arn:aws:lambda:eu-west-1:111122223333:function:rotate:live",
          ),
          [
            "rotate",
            "",
            "arn:aws:lambda:us-east-1:111122223333:function:rotate",
            "arn:aws:sns:eu-west-1:111122223333:rotate",
          ],
        ),
      },
      { everyDays: whole(1, 1000) },
    ),
    recoveryDays: whole(7, 30),
  },
);

export const NETWORK = [
  generated("Network", network, (scope, id, given) => new Network(scope, id, given)),
  generated("Firewall", firewall, (scope, id, { rules, description }) => {
    const made = new Firewall(scope, id, { vpcId: "vpc-0a1b2c3d", description });
    for (const { out, peer, port, why } of rules) {
      if (out) made.allowTo(peer, port, why);
      else made.allowFrom(peer, port, why);
    }
    return made;
  }),
  generated("Key", keyProps, (scope, id, given) => new Key(scope, id, given)),
  generated("Secret", both(replicated, secret), (scope, id, { has, ...given }) => {
    if (has === "no value") return new Secret(scope, id, given);
    const { stringValue } = new TerraformVariable(scope, "value", { type: "string", sensitive: true });
    return new Secret(scope, id, { ...given, value: has === "text" ? "hunter2" : stringValue });
  }),
];
