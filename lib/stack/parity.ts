import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { complaint } from "../core/guard";
import { register } from "../core/hook";
import { knownPlace, placeOf } from "../core/place";
import { oncePerSynthesis } from "../core/planned";
import { Elements } from "../core/resolve";
import { judge, judgeLater } from "../core/verdict";
import { Waiver, recordWaiver } from "../core/waiver";
import { Lack, REPLICAS, lacks } from "../review/parity";
import { Side } from "../review/parity-sides";
import { StateStore } from "../state/remote-state";
import { Provided } from "./provide";

/** What a {@link Parity} can be told. */
export interface ParityProps {
  /** The stack that may be lost. */
  readonly of: TerraformStack;
  /** What the standby does without, by its path below the stack, with all that is below it, and why. @default - nothing */
  readonly without?: Readonly<Record<string, Waiver>>;
}

/**
 * Compares the stack it stands in with the one that it must take over from: images, keys, secrets, parameters,
 * certificates, quotas, capacity, and what its plan names of the other region. What is missing fails synthesis, each thing
 * by its path, unless `without` names it with a reason. A key, a secret or a repository of images that is replicated is
 * there, by whatever stack of the app; so is a key where its construct has another one in the region of the standby, as for
 * copies of its backups, and one that encrypts nothing but backups of this region and stores whose replicas have keys of
 * their own.
 *
 * It also fails where the standby refers to the primary stack: it could not be applied without the state of what is lost.
 */
export class Parity extends Construct {
  private readonly primary: TerraformStack;
  private readonly without: Readonly<Record<string, Waiver>>;

  constructor(scope: Construct, id: string, props: ParityProps) {
    super(scope, id);
    register(this, props, "ParityProps");
    const { of, without = {} } = props;
    this.primary = of;
    this.without = without;
    for (const [path, waiver] of Object.entries(without)) recordWaiver(this, `parity of ${path}`, waiver);
    // Judged when both stacks are complete.
    judgeLater(
      this,
      "standby-parity",
      () => this.missing().length === 0,
      () => this.told(),
    );
    judgeLater(
      this,
      "standby-independence",
      () => !this.needsPrimary(),
      () => this.bound(),
    );
    this.node.addValidation({ validate: () => this.needless() });
  }

  /** Judges where the state of the standby is kept: with the primary region it would be out of reach. */
  judgeState({ region }: Provided, state: StateStore | undefined): void {
    if (!state) return;
    const where = state.region ?? region;
    judge(this, "standby-independence", where !== region, {
      prop: "standby.state",
      must: `be kept in another region than ${region}, which may be lost`,
      got: where,
      mend: "standby: { region, state: { bucket, region } } with a bucket that stands there",
    });
  }

  private missing(): readonly Lack[] {
    const without = Object.keys(this.without);
    return this.all().filter(({ at }) => !without.some((path) => covers(path, at)));
  }

  private all(): readonly Lack[] {
    return oncePerSynthesis(this, () => this.compared());
  }

  private compared(): readonly Lack[] {
    const standby = TerraformStack.of(this);
    const others = this.node.root.node.findAll().filter(TerraformStack.isStack);
    const beside = others.filter((stack) => stack !== this.primary && stack !== standby && knownPlace(stack));
    return lacks(
      sideOf(this.primary),
      sideOf(standby),
      beside.map((stack) => sideOf(stack, REPLICAS)),
    );
  }

  private needsPrimary(): boolean {
    return TerraformStack.of(this).dependencies.includes(this.primary);
  }

  private bound(): string {
    if (!this.needsPrimary()) return `${TerraformStack.of(this).node.id} is applied without ${this.primary.node.id}`;
    return complaint(this, {
      prop: "standby",
      must: "refer to nothing in the primary stack, whose state may be lost with its region",
      got: this.primary.node.id,
      mend: "give it names and numbers that are known at synthesis, or make the thing in the standby, too",
    });
  }

  private told(): string {
    const missing = this.missing();
    const standby = TerraformStack.of(this).node.id;
    if (missing.length === 0) return `${standby} has what ${this.primary.node.id} has`;
    const list = missing.map(({ at, why }) => `${at}: the standby ${why}`).join("; ");
    const mend = 'make it there too, or write without: { "<path>": { waived: "why" } }';
    return `${this.node.path}: 'standby' must have all that ${this.primary.node.id} has, got ${list}; ${mend}`;
  }

  /** A waiver of what is there hides the day on which it is not. */
  private needless(): string[] {
    const lacking = this.all();
    const idle = Object.keys(this.without).filter((path) => !lacking.some(({ at }) => covers(path, at)));
    if (idle.length === 0) return [];
    return [complaint(this, { prop: "without", must: "name what the standby lacks", got: idle, mend: "delete it" })];
  }
}

function covers(path: string, at: string): boolean {
  return at === path || at.startsWith(`${path}/`);
}

function sideOf(stack: TerraformStack, of?: readonly string[]): Side {
  const elements = new Elements(stack);
  const types = of ?? Object.keys(elements.counts);
  return {
    region: placeOf(stack).region,
    resources: Object.fromEntries(types.map((type) => [type, elements.ofType(type)])),
  };
}
