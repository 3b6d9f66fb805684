import { Content } from "./content";

/**
 * How a construct is kept from serving and from writing in a region that was given up: what comes back there would answer
 * with old data, and take writes that nobody looks for. It changes what Terraform declares: an apply lifts it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
export interface Fence {
  /** What a person does, in order; commands can be pasted. */
  readonly steps: readonly Content[];
  /** How to see that it holds: a question, the command that answers it, and what it must say. */
  readonly holds: Content;
}
