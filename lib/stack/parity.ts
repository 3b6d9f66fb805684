import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { complaint } from "../core/guard";
import { register } from "../core/hook";
import { note } from "../core/notes";
import { Elements } from "../core/resolve";
import { Finding, judge } from "../core/verdict";
import { Waiver, recordWaiver } from "../core/waiver";
import { Inventory, Lack, PARITY_TYPES, lacks } from "../review/parity";
import { StateStore } from "../state/remote-state";
import { Provided } from "./provide";

/** What a {@link Parity} can be told. */
export interface ParityProps {
  /** The stack that may be lost. */
  readonly of: TerraformStack;
  /** What the stack does without, by its path below the primary stack, and why. @default - nothing */
  readonly without?: Readonly<Record<string, Waiver>>;
}

/**
 * Compares the stack it stands in with the one that it must take over from: images, keys, secrets, certificates, quotas
 * and capacity. What is missing fails synthesis, each thing by its address, unless `without` names it with a reason.
 */
export class Parity extends Construct {
  private readonly primary: TerraformStack;
  private readonly without: Readonly<Record<string, Waiver>>;

  constructor(scope: Construct, id: string, props: ParityProps) {
    super(scope, id);
    register(this);
    const { of, without = {} } = props;
    this.primary = of;
    this.without = without;
    for (const [path, waiver] of Object.entries(without)) recordWaiver(this, `parity of ${path}`, waiver);
    // Judged when both stacks are complete.
    const kept = () => this.missing().length === 0;
    const message = () => this.told();
    note(this, "finding", {
      safeguard: "standby-parity",
      get kept() {
        return kept();
      },
      get message() {
        return message();
      },
    } satisfies Finding);
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
    return this.all().filter(({ at }) => !(at in this.without));
  }

  private all(): readonly Lack[] {
    return lacks(inventory(this.primary), inventory(TerraformStack.of(this)));
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
    const lacking = new Set(this.all().map(({ at }) => at));
    const idle = Object.keys(this.without).filter((path) => !lacking.has(path));
    if (idle.length === 0) return [];
    return [complaint(this, { prop: "without", must: "name what the standby lacks", got: idle, mend: "delete it" })];
  }
}

function inventory(stack: TerraformStack): Inventory {
  const elements = new Elements(stack);
  return Object.fromEntries(PARITY_TYPES.map((type) => [type, elements.ofType(type)]));
}
