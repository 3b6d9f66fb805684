import { join } from "node:path";
import { Plugin } from "../rehearsal/terraform";
import { resourcesOf } from "../rehearsal/adapt";
import { Plan } from "./attempt";
import { Diagnostic, judge } from "./judge";
import { merged } from "./plans";

/** How many Terraforms run at once: each holds a gigabyte. */
const LANES = 2;
/** How many resources one Terraform is asked about: it takes seconds to start, and longer the more it holds. */
const BATCH = 1500;

/** A plan, whose it is, and how what it makes is named. */
export interface Judged extends Plan {
  readonly name: string;
  readonly told: string;
}

/** What the provider says of plans: of many at once, where it is the same provider for them. */
export class Judges {
  private readonly waiting = new Map<string, Judged[]>();
  private readonly lanes = Array.from({ length: LANES }, () => Promise.resolve<string[]>([]));
  private started = 0;

  constructor(
    private readonly folder: string,
    private readonly plugins: Plugin,
  ) {}

  /** Plans of one app, which may refer to each other: they stay together where the same provider answers for them. */
  add(judged: readonly Judged[]): void {
    for (const each of judged) {
      // Another region, or other tags, is another provider.
      const provider = JSON.stringify(each.plan.provider.aws);
      this.waiting.set(provider, [...(this.waiting.get(provider) ?? []), each]);
    }
    for (const [provider, batch] of this.waiting) {
      const size = batch.reduce((sum, { plan }) => sum + resourcesOf(plan).length, 0);
      if (size < BATCH) continue;
      this.waiting.delete(provider);
      this.start(batch);
    }
  }

  /** All that was found, when nothing more is added. */
  async found(): Promise<string[]> {
    for (const batch of this.waiting.values()) this.start(batch);
    return (await Promise.all(this.lanes)).flat();
  }

  private start(batch: readonly Judged[]): void {
    const lane = this.started % LANES;
    const folder = join(this.folder, `batch-${this.started++}`);
    this.lanes[lane] = this.lanes[lane].then(async (found) => [...found, ...(await this.ask(batch, folder))]);
  }

  private async ask(batch: readonly Judged[], folder: string): Promise<string[]> {
    const plan = merged(batch.map((each) => each.plan));
    const files = batch.map((each) => each.files);
    return (await judge(plan, files, folder, this.plugins)).map((diagnostic) => {
      const about = batch.find(({ name }) => diagnostic.address?.includes(`.${name}_`));
      return `${about?.told ?? folder}\n  is accepted, and Terraform says: ${words(diagnostic)}`;
    });
  }
}

function words({ address, summary, detail }: Diagnostic): string {
  return [address, summary, detail].filter(Boolean).join(": ");
}
