import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { App, TerraformStack } from "cdktf";
import { DEVELOPMENT } from "../../lib/core";
import { Postgres, PostgresProps, RestoreSite } from "../../lib/data";
import { provide } from "../../lib/stack";
import { inFolder, network, read } from "../synth";

const THERE = {
  vpcId: "vpc-2",
  zones: {
    "eu-central-1a": { private: "subnet-a", data: "subnet-data-a" },
    "eu-central-1b": { private: "subnet-b", data: "subnet-data-b" },
  },
};

function built(props: Partial<PostgresProps> = { replicateBackupsTo: "eu-central-1" }) {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const make = (id: string, region: string) => {
      const stack = new TerraformStack(app, id);
      const account = "333333333333";
      provide(stack, { name: "p", service: "s", owner: "o", costCentre: "1", account, region, posture: DEVELOPMENT });
      return stack;
    };
    const database = new Postgres(make("orders", "eu-west-1"), "database", {
      network: network(),
      port: 5433,
      ...props,
    });
    const site = new RestoreSite(make("orders-there", "eu-central-1"), "database", { of: database, network: THERE });
    site.allowFrom({ cidr: "10.0.0.0/16" }, "orders are stored here");
    app.synth();
    return { primary: read(outdir, "orders"), there: read(outdir, "orders-there") };
  });
}

test("all but the database stands ready, as it is for the database, without a reference to its stack", () => {
  const { primary, there } = built({ replicateBackupsTo: "eu-central-1", logicalReplication: true });
  expect(there.all(DbInstance)).toEqual({});
  expect(there.the(DbSubnetGroup).subnet_ids).toEqual(["subnet-data-a", "subnet-data-b"]);
  const { family, parameter } = primary.the(DbParameterGroup);
  expect(there.the(DbParameterGroup)).toMatchObject({ family, parameter });
  expect(there.the(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 5433, cidr_ipv4: "10.0.0.0/16" });
  expect(there.manifest.dependsOn).toEqual([]);
});

test("the commands of the recovery name what stands there, and leave nothing to choose", () => {
  const { primary, there } = built();
  const [{ steps }] = primary.manifest.constructs.find(({ is }) => is === "Postgres")!.recovers!.region as {
    readonly steps: readonly string[];
  }[];
  const said = steps.join("\n");
  const group = Object.values(there.json.resource.aws_security_group as Record<string, { name: string }>)[0].name;
  expect(said).toContain(`--db-subnet-group-name ${there.the(DbSubnetGroup).name} `);
  expect(said).toContain(`--db-parameter-group-name ${there.the(DbParameterGroup).name} `);
  expect(said).toContain(`Name=group-name,Values=${group} `);
  expect(said).not.toMatch(/SUBNETS|"\$GROUP"/);
});

test("fails where the backups are not replicated to its region", () => {
  expect(() => built({})).toThrow(
    "orders-there/database: 'of' must replicate its backups to eu-central-1, got nothing; replicateBackupsTo: \"eu-central-1\" on orders/database",
  );
});
