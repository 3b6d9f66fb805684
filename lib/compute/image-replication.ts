import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Procedural, Watchable } from "../core/declarations";
import { complaint, refuse, requireForm, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { placeOf, requireOtherRegion } from "../core/place";
import { Prefixes, prefixesOf, slices } from "./image-prefixes";
import { prefixOf, registryOf, replicationBeside, repositoriesBeside, tellOfReplication } from "./image-registry";
import { ImageReplicationProps } from "./image-replication-props";
import { replicationProcedures, replicationSignals } from "./image-replication-signals";
import { ImageRepository } from "./image-repository";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RepositoryFilter.html */
const PREFIX = /^[a-z0-9][a-z0-9._/-]{1,255}$/;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html (rules, and filters of each) */
const MOST = { rules: 10, filters: 100 };

/**
 * Sends the images of a registry to other regions: to the replicas of its repositories, which are there before.
 *
 * An account has one registry in each region, and a registry one list of rules: whoever writes another one overwrites this,
 * so that it is made once, for all repositories, and a second one in the app is refused. Of another app, or of people, its
 * signal tells.
 *
 * A rule selects repositories by what their names begin with. What it would select besides is refused: ECR would make a
 * replica of it without a key, a policy or tags that stay. Images that were pushed before stay where they are, until the
 * procedure `backfill` sends them; nothing is ever deleted there by what is deleted here.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class ImageReplication extends Construct implements Watchable, Procedural {
  readonly configuration: EcrReplicationConfiguration;
  private readonly prefixes: Prefixes;

  constructor(scope: Construct, id: string, props: ImageReplicationProps) {
    super(scope, id);
    register(this, props, "ImageReplicationProps");
    const { of, also = {} } = props;
    this.requireAlone();
    this.requireRepositories(of);
    this.requirePrefixes(also);
    this.prefixes = prefixesOf(of, also);
    const rule = this.rules();
    for (const repository of of) this.waitFor(repository);
    this.configuration = new EcrReplicationConfiguration(this, "Resource", {
      replicationConfiguration: { rule },
      // ECR would make them, without a key, a policy or tags that stay.
      dependsOn: of.flatMap(({ replica }) => (replica && this.isOfStack(replica) ? [replica] : [])),
    });
    tellOfReplication(this, this.prefixes);
    this.node.addValidation({ validate: () => this.strays() });
  }

  get signals() {
    return replicationSignals(this.located);
  }

  get procedures() {
    return replicationProcedures(this.located);
  }

  private get located() {
    const { account, region } = placeOf(this);
    return { account, region, to: Object.keys(this.prefixes) };
  }

  private rules() {
    const { account: registryId } = placeOf(this);
    const rules = Object.entries(this.prefixes).flatMap(([region, filters]) =>
      slices(filters, MOST.filters).map((slice) => ({
        destination: [{ region, registryId }],
        repositoryFilter: slice.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
      })),
    );
    requireThat(this, rules.length > 0, { prop: "of", must: "name at least one repository", got: [] });
    const must = `make at most ${MOST.rules} rules, each of one region and ${MOST.filters} names`;
    requireThat(this, rules.length <= MOST.rules, { prop: "of", must, got: rules.length });
    return rules;
  }

  /** What its rules would replicate, too. */
  private strays(): string[] {
    return repositoriesBeside(this).flatMap(({ name, path, replicateTo }) =>
      Object.keys(this.prefixes)
        .filter((region) => region !== replicateTo)
        .flatMap((region) => {
          const prefix = prefixOf(this.prefixes, region, name);
          if (prefix === undefined) return [];
          const mend = `give it replicateTo: "${region}", or a name that does not begin so`;
          const must = `select no repository without a replica in ${region}, as ${path} is by "${prefix}"`;
          return [complaint(this, { prop: "of", must, got: name, mend })];
        }),
    );
  }

  private requireAlone(): void {
    const other = replicationBeside(this);
    if (other === undefined) return;
    const mend = "name all repositories there: the registry has one list of rules, and the last one written stays";
    const must = `be made once for ${registryOf(this)}`;
    refuse(this, { prop: "ImageReplication", must, got: `made by ${other.path}`, mend });
  }

  private requireRepositories(of: readonly ImageRepository[]): void {
    const prop = "of";
    for (const repository of of) {
      const got = repository.node.path;
      const mend = 'make it with replicateTo: "<region>", or leave it out';
      requireThat(this, repository.replicateTo !== undefined, { prop, must: "have a replica", got, mend });
      const [registry, here] = [repository, this].map(registryOf);
      requireThat(this, registry === here, { prop, must: `be a repository of ${here}`, got: `${got} of ${registry}` });
    }
    const once = new Set(of).size === of.length;
    requireThat(this, once, { prop, must: "name each repository once", got: of.map(({ node }) => node.path) });
  }

  private requirePrefixes(also: Prefixes): void {
    for (const [region, prefixes] of Object.entries(also)) {
      requireOtherRegion(this, "also", region, "a registry replicates to others");
      const prop = `also.${region}`;
      requireThat(this, prefixes.length > 0, { prop, must: "name at least one", got: prefixes });
      for (const prefix of prefixes) requireForm(this, prop, prefix, PREFIX, "what names of repositories begin with");
    }
  }

  private isOfStack(construct: Construct): boolean {
    return TerraformStack.of(construct) === TerraformStack.of(this);
  }

  /** A repository of another stack is there before: it is named, and not referred to. */
  private waitFor(repository: Construct): void {
    if (!this.isOfStack(repository)) TerraformStack.of(this).addDependency(TerraformStack.of(repository));
  }
}
