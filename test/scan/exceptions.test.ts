import exceptions from "./exceptions.json";
import { apply } from "./exceptions";

const check = "CKV_AWS_18";
const found = (address: string) => ({ check, address, asks: "access logs" });
const reason = "it holds the access logs";
const LOGS = "orders-prod/aws_s3_bucket.logs_1";

test("a finding is excused by a row of its check and address", () => {
  expect(apply([{ check, reason, addresses: [LOGS] }], [found(LOGS)])).toEqual({ open: [], idle: [] });
});

test("one reason may stand for several addresses, and each must be found", () => {
  const other = "orders-prod/aws_s3_bucket.logs_2";
  const row = { check, reason, addresses: [LOGS, other] };
  expect(apply([row], [found(LOGS), found(other)])).toEqual({ open: [], idle: [] });
  expect(apply([row], [found(LOGS)])).toEqual({ open: [], idle: [{ check, address: other }] });
});

test.each([
  ["of another check", { check: "CKV_AWS_21", reason, addresses: [LOGS] }],
  ["of another stack", { check, reason, addresses: ["orders-dev/aws_s3_bucket.logs_1"] }],
  ["of an address that only begins alike", { check, reason, addresses: ["orders-prod/aws_s3_bucket.logs"] }],
  ["without a reason", { check, reason: " ", addresses: [LOGS] }],
])("fails: a row %s excuses nothing, and is told", (_, row) => {
  const finding = found(LOGS);
  const [address] = row.addresses;
  expect(apply([row], [finding])).toEqual({ open: [finding], idle: [{ check: row.check, address }] });
});

test("each exception is exact, and no other has its check and address", () => {
  const all = exceptions.flatMap(({ check: of, addresses }) => addresses.map((address) => `${of} ${address}`));
  expect(all.filter((each) => !/^CKV2?_AWS_\d+ [a-z0-9-]+\/aws_[a-z0-9_]+\.[\w-]+$/.test(each))).toEqual([]);
  expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
});
