import { DeclaredAlarm, DeclaredConstruct, DeclaredService } from "../manifest";
import { DeclaredObjective } from "../slo/declared";
import { Cell } from "./board";
import { DeclaredDashboard, Site, Slice } from "./declared";

/** A declaration, and where its metrics and alarms are. */
export interface Sited<T> {
  readonly declared: T;
  readonly stack: string;
  readonly site: Site;
}

const NOWHERE: Site = { account: "", region: "", partition: "aws" };

/** What a dashboard shows, found in the slices of all stacks. */
export class Shown {
  constructor(
    readonly dashboard: DeclaredDashboard,
    /** That of its own stack first. */
    private readonly slices: readonly Slice[],
  ) {}

  /** The region that the dashboard's own stack stands in. */
  get region(): string {
    return this.slices[0]?.place?.region ?? NOWHERE.region;
  }

  get services(): Sited<DeclaredService>[] {
    const all = this.sited(({ services }) => services);
    return this.dashboard.services.flatMap((path) => all.filter(({ declared }) => declared.path === path));
  }

  construct(path: string): Sited<DeclaredConstruct> | undefined {
    return this.sited(({ constructs }) => constructs).find(({ declared }) => declared.path === path);
  }

  objectivesOf(service: string): Sited<DeclaredObjective>[] {
    return this.sited(({ objectives }) => objectives).filter(({ declared }) => declared.service === service);
  }

  /** The metric of the remaining budget of an objective, and the steps of its policy. */
  budgetOf(objective: string) {
    const found = this.sited(({ budgets }) => budgets).flatMap(({ declared: { objectives, policy }, site }) =>
      objectives.filter(({ path }) => path === objective).map(({ metric }) => ({ metric, policy, site })),
    );
    return found[0];
  }

  /** Alarms of an objective, and of the steps at which its budget is spent. */
  alarmsOfObjective({ path }: DeclaredObjective): Sited<DeclaredAlarm>[] {
    const spent = this.sited(({ budgets }) => budgets)
      .flatMap(({ declared }) => declared.objectives.filter((objective) => objective.path === path))
      .flatMap(({ alarms }) => Object.values(alarms));
    return this.sited(({ alarms }) => alarms).filter(({ declared }) => {
      return declared.path === path || spent.includes(declared.name);
    });
  }

  alarmsOf(paths: readonly string[]): Sited<DeclaredAlarm>[] {
    return this.sited(({ alarms }) => alarms).filter(({ declared }) => paths.includes(declared.path));
  }

  /** Why something is not drawn; nothing where it is. */
  whyNot(path: string, name?: string): string | undefined {
    return this.dashboard.leftOut.find((left) => left.path === path && left.name === name)?.because;
  }

  private sited<T>(of: (slice: Slice) => readonly T[]): Sited<T>[] {
    return this.slices.flatMap((slice) => {
      const site = { ...NOWHERE, ...slice.place };
      return of(slice).map((declared) => ({ declared, stack: slice.stack, site }));
    });
  }
}

/** CloudWatch takes no more alarms in one widget. */
export const MOST_ALARMS = 100;

/** The state of alarms, those that act first: what notifies through another alarm is below it. */
export function alarmCells(title: string, alarms: readonly Sited<DeclaredAlarm>[], width: number): Cell[] {
  const rank = ({ declared: { urgency, notifies } }: Sited<DeclaredAlarm>) =>
    (urgency === "page" ? 0 : 2) + (notifies ? 0 : 1);
  const arns = [...alarms]
    .sort((a, b) => rank(a) - rank(b) || (a.declared.name < b.declared.name ? -1 : 1))
    .map(({ declared: { name }, site: { partition, region, account } }) => {
      return `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;
    });
  const parts = Array.from({ length: Math.ceil(arns.length / MOST_ALARMS) }, (_, part) =>
    arns.slice(part * MOST_ALARMS, (part + 1) * MOST_ALARMS),
  );
  return parts.map((part) => ({
    widget: { kind: "alarms", title, arns: part },
    width,
    height: Math.max(6, Math.ceil(part.length / (width / 3)) + 2),
  }));
}
