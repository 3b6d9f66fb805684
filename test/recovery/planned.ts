import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { Backups, BackupsProps } from "../../lib/recovery";
import { Config, Setting, Synthesized, synth } from "../synth";
import { Ledger } from "./ledger";

/** A plan over one thing of each type. */
export function planned(
  types: string[] = ["RDS"],
  props: Partial<BackupsProps> = {},
  setting: Setting = {},
): Synthesized {
  return synth((stack) => {
    const of = types.map((type) => new Ledger(stack, type.toLowerCase(), type));
    new Backups(stack, "backups", { of, ...props });
  }, setting);
}

/** The rules of a plan, by name. */
export function rules(plan: Synthesized): Record<string, Config> {
  return Object.fromEntries((plan.the(BackupPlan).rule as Config[]).map((rule) => [rule.rule_name, rule]));
}
