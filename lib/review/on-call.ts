/** Who is told, in which order, until somebody answers. */
export interface DeclaredOnCall {
  readonly path: string;
  readonly levels: readonly {
    /** Paths of rotations, and ids of people and schedules as the pager knows them. */
    readonly tell: readonly string[];
    /** How long they have. */
    readonly within: string;
  }[];
  /** How often it begins again where nobody answers. */
  readonly repeats: number;
  /** When tickets are told: from, to, where. */
  readonly support?: string;
}

/** What a page says of who is called, where that is declared in another stack. */
export const ELSEWHERE =
  "Who is on call is not declared in this stack: the pager knows, and the incident response of the stack that has the topics of its alarms.";

/** The escalation as a list in order. */
export function levelsOf({ levels, repeats, support }: DeclaredOnCall): string[] {
  const told = levels.map(({ tell, within }, index) => {
    const names = tell.map((each) => `\`${each}\``).join(", ");
    return `${index + 1}. ${names}: ${within} to acknowledge.`;
  });
  return [
    ...told,
    `${levels.length + 1}. Nobody answered: it begins again, ${repeats} times.`,
    ...(support === undefined ? [] : ["", `Tickets are told ${support}; those of other hours wait.`]),
  ];
}
