import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { Dependable, Procedural, Protected, Recoverable, Stateful, Watchable } from "../core/declarations";
import { complaint, requireOneOf } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { judgeLater } from "../core/verdict";
import { isWaiver, recordWaiver } from "../core/waiver";
import { Key } from "../parts/key";
import { prefixOf, registryOf, replicationBeside, tellOfRepository } from "./image-registry";
import { requireImageRepository } from "./image-repository-checks";
import { ImageRepositoryProps } from "./image-repository-props";
import { REPOSITORY_SLA, repositoryProcedures, repositoryRecovers } from "./image-repository-recovery";
import { makeRepository } from "./image-repository-resource";
import { WatchedRepository, repositorySignals } from "./image-repository-signals";

/**
 * Container images in ECR that survive the loss of a zone, a bad push and a careless delete; with `replicateTo`, the loss of
 * a region.
 *
 * A tag names one image for good; each is scanned when it is pushed, and encrypted with a key of its own. Images with a tag
 * stay unless `keep` counts them, and then as many as a rollback needs. Other accounts do what is named, this one what its
 * IAM says. Where the posture protects, the repository and its images are deleted by nobody, and its policy with them: who
 * must, changes the policy first. What clears up is ECR itself.
 *
 * The replica is a repository with a key, a policy and a clearing up of its own. Only an `ImageReplication`, of which an
 * account has one in each region, sends images there, and those that were pushed before it stay where they are. A standby
 * names what it starts by `uriIn(region)`, which refers to nothing of the first region.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class ImageRepository extends Construct implements Watchable, Recoverable, Dependable, Stateful, Procedural {
  readonly repository: EcrRepository;
  /** The same in the other region, where there is one. */
  readonly replica?: EcrRepository;
  /** Known at synthesis; the same in each region. */
  readonly name: string;
  /** The region of the replica, where there is one. */
  readonly replicateTo?: string;
  private readonly props: ImageRepositoryProps;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps = {}) {
    super(scope, id);
    register(this, props, "ImageRepositoryProps");
    const { name = nameOf(this, "image-repository"), key, replicateTo } = props;
    requireImageRepository(this, name, props);
    tellOfRepository(this, { name, replicateTo });
    this.props = props;
    this.name = name;
    this.replicateTo = replicateTo;
    if (isWaiver(key)) recordWaiver(this, "key of its own", key);

    this.repository = this.side("Resource", isWaiver(key) ? undefined : (key ?? new Key(this, "key").arn));
    if (replicateTo !== undefined) {
      const there = isWaiver(key) ? undefined : new Key(this, "replica-key", { region: replicateTo }).arn;
      this.replica = this.side("replica", there, replicateTo);
      this.judgeReplication(replicateTo);
    }
  }

  get arn(): string {
    return this.repository.arn;
  }

  /** What an image is pulled by in the region of the stack, before `:` and its tag. Known at synthesis. */
  get uri(): string {
    return this.uriIn(placeOf(this).region);
  }

  /**
   * The same in that region or in the region of the replica.
   *
   * @throws where it has no images
   */
  uriIn(region: string): string {
    const here = placeOf(this);
    const regions = [here.region, ...(this.replicateTo === undefined ? [] : [this.replicateTo])];
    requireOneOf(this, "region", region, regions, `make the repository with replicateTo: "${region}"`);
    const domain = here.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return `${here.account}.dkr.ecr.${region}.${domain}/${this.name}`;
  }

  get signals() {
    return repositorySignals(this.watched);
  }

  get recovers() {
    return repositoryRecovers(this.watched);
  }

  get sla() {
    return REPOSITORY_SLA;
  }

  get procedures() {
    return repositoryProcedures(this.watched);
  }

  get protects(): readonly Protected[] {
    const by = postureOf(this).deletionProtection ? ["repository policy against deletion", "prevent_destroy"] : [];
    const no = "AWS Backup takes no container images; they are built again, or pulled from a replica";
    const own: Protected = { type: "ECR", arn: this.arn, name: this.name, backUp: { no }, needed: true, by };
    if (!this.replica) return [own];
    return [own, { type: "ECR", arn: this.replica.arn, backUp: { no: "it is the replica of what is built" }, by }];
  }

  private get watched(): WatchedRepository {
    const { account, region } = placeOf(this);
    const replica = this.replicateTo && { region: this.replicateTo, uri: this.uriIn(this.replicateTo) };
    return { name: this.name, arn: this.arn, account, region, ...(replica && { replica }) };
  }

  /** One of the two repositories: what holds for one holds for the other. */
  private side(id: string, key: string | undefined, region?: string): EcrRepository {
    return makeRepository(this, id, this.props, { name: this.name, key, region });
  }

  /** Judged when all stacks are there: the replication of the registry may stand in another one. */
  private judgeReplication(to: string): void {
    const by = () => prefixOf(replicationBeside(this)?.prefixes ?? {}, to, this.name);
    const message = () => {
      if (by() !== undefined) return `the registry replicates ${by()} to ${to}`;
      const mend = "add it to new ImageReplication(…, { of: [it] }), of which the registry has one";
      const must = `be replicated by the registry ${registryOf(this)}: nothing else sends images there`;
      const got = replicationBeside(this)?.path ?? "no replication";
      return complaint(this, { prop: "replicateTo", must, got, mend });
    };
    judgeLater(this, "image-replication", () => by() !== undefined, message);
  }
}
