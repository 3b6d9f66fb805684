import { TerraformStack } from "cdktf";
import { DEVELOPMENT, waive } from "../../lib/core";
import { Table } from "../../lib/data";
import { Backups, RestoreProof } from "../../lib/recovery";
import { PROVEN } from "../../lib/review/proven";
import { ResourceConfig } from "../../lib/review/rule";
import { synth } from "../synth";

const backedUp = (stack: TerraformStack) => {
  const orders = new Table(stack, "orders", { partitionKey: { name: "id", type: "S" } });
  const backups = new Backups(stack, "backups", { of: [orders] });
  for (const each of [orders, backups]) waive(each, "watched", { waived: "not of interest here" });
  return backups;
};

const HOPE = expect.stringContaining(
  "test/backups: 'aws_backup_plan' must be restored from now and then, got nothing; ",
);

test("backups that nobody restores are said aloud, and stop nobody", () => {
  expect(synth((stack) => void backedUp(stack), { checks: true }).warnings).toContainEqual(HOPE);
});

test("what is kept for a week is made again: nothing is said of it", () => {
  const { warnings } = synth((stack) => void backedUp(stack), { posture: DEVELOPMENT });
  expect(warnings).not.toContainEqual(HOPE);
});

test("a restore that is tested says nothing, nor does a reason", () => {
  const tested = synth((stack) => void new RestoreProof(stack, "proof", { of: backedUp(stack) }));
  expect(tested.warnings).not.toContainEqual(HOPE);
  const waived = synth((stack) => waive(backedUp(stack), "proven", { waived: "restored by hand each month" }));
  expect(waived.warnings).not.toContainEqual(HOPE);
  expect(waived.warnings).toContainEqual("proven is waived: restored by hand each month");
});

const judged = (target: string, vaults: readonly string[], lifecycle?: object) => {
  const plan: ResourceConfig = { rule: { target_vault_name: target, lifecycle } };
  const proof: ResourceConfig = { recovery_point_selection: { include_vaults: vaults } };
  const resources = { aws_backup_plan: { own: plan }, aws_backup_restore_testing_plan: { proof } };
  return PROVEN.judge({ resources } as unknown as Parameters<typeof PROVEN.judge>[0]);
};

const ARN = "arn:aws:backup:eu-west-1:111122223333:backup-vault";

test.each([
  ["orders", [`${ARN}:orders`]],
  ["orders", ["*"]],
  ["${aws_backup_vault.orders_1.name}", ["${aws_backup_vault.orders_1.arn}"]],
])("a plan that is no pattern of ours is proven by a test of its vault: %s in %j", (target, vaults) => {
  expect(judged(target, vaults)).toEqual([expect.objectContaining({ path: "aws_backup_plan.own", kept: true })]);
});

test.each([
  ["orders", [`${ARN}:more-orders`]],
  ["orders", [`${ARN}:orders-2`]],
  ["orders", []],
  ["${aws_backup_vault.orders_1.name}", ["${aws_backup_vault.orders_12.arn}"]],
])("fails where only another vault is tested: %s in %j", (target, vaults) => {
  expect(judged(target, vaults)).toEqual([expect.objectContaining({ kept: false, advice: true })]);
});

test.each([[undefined], [{ delete_after: 35 }], [{ delete_after: "${var.days}" }]])(
  "kept for %j, it should be proven",
  (lifecycle) => {
    expect(judged("orders", [], lifecycle)).toEqual([expect.objectContaining({ kept: false })]);
  },
);

test("kept for 34 days, it need not be proven", () => {
  expect(judged("orders", [], { delete_after: 34 })).toEqual([]);
});
