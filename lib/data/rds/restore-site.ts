import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { requireThat } from "../../core/guard";
import { register } from "../../core/hook";
import { nameOf } from "../../core/naming";
import { Placement } from "../../core/network";
import { placeOf } from "../../core/place";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { dataSubnets } from "../../parts/zones";
import { Postgres } from "../postgres/postgres";

/** What a `RestoreSite` can be told. */
export interface RestoreSiteProps {
  /** Which database comes back here: one whose backups are replicated to the region of this stack. */
  readonly of: Postgres;
  /** Where it will stand: the data subnets (else the private ones) of at least two zones. */
  readonly network: Placement;
}

/**
 * Where a `Postgres` is restored to when its region is lost: subnets, firewall and parameters stand ready, and who needs
 * the database may reach it; the database itself does not stand here. Until it is restored nothing can be written to a
 * copy that lacks what was written before, and nothing has to be paid for it.
 *
 * The commands of its recovery name what is here. It refers to nothing in the stack of the database.
 *
 * @throws where the backups are not replicated to this region
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 */
export class RestoreSite extends BehindFirewall {
  readonly subnets: DbSubnetGroup;
  readonly parameters: DbParameterGroup;
  readonly firewall: Firewall;
  readonly port: number;

  constructor(scope: Construct, id: string, props: RestoreSiteProps) {
    super(scope, id);
    register(this, props, "RestoreSiteProps");
    const { of, network } = props;
    const { region } = placeOf(this);
    requireThat(this, of.backupsIn === region, {
      prop: "of",
      must: `replicate its backups to ${region}`,
      got: of.backupsIn,
      mend: `replicateBackupsTo: "${region}" on ${of.node.path}`,
    });
    this.port = of.port;
    const description = `database ${this.node.path}`;
    this.firewall = new Firewall(this, "firewall", { vpcId: network.vpcId, description });
    const subnets = nameOf(this, "db-group");
    this.subnets = new DbSubnetGroup(this, "subnets", {
      name: subnets,
      description: `data subnets of ${this.node.path}`,
      subnetIds: dataSubnets(this, network),
    });
    const family = String(of.parameters.familyInput);
    const parameters = nameOf(this, "db-group", "parameters", family);
    this.parameters = new DbParameterGroup(this, "parameters", {
      name: parameters,
      family,
      description: `parameters of ${this.node.path}`,
      parameter: of.parameters.parameterInput,
    });
    // Known at synthesis: a reference would tie the two stacks together.
    of.restoredAt({ subnets, parameters, securityGroup: String(this.firewall.group.nameInput) });
  }
}
