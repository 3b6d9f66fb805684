import exceptions from "./exceptions.json";
import { apply } from "./exceptions";

const check = "CKV_AWS_18";
const found = (address: string) => ({ check, address, asks: "access logs" });
const reason = "it holds the access logs";

test("a finding is excused by a row of its check and address", () => {
  const address = "orders-prod/aws_s3_bucket.logs_1";
  expect(apply([{ check, address, reason }], [found(address)])).toEqual({ open: [], idle: [] });
});

test("a row may stand for all addresses that begin alike", () => {
  const row = { check, address: "orders-prod/aws_s3_bucket.logs*", reason };
  expect(apply([row], [found("orders-prod/aws_s3_bucket.logs_1"), found("orders-prod/aws_s3_bucket.logs_2")])).toEqual({
    open: [],
    idle: [],
  });
});

test.each([
  ["of another check", { check: "CKV_AWS_21", address: "orders-prod/aws_s3_bucket.logs_1", reason }],
  ["of another stack", { check, address: "orders-dev/aws_s3_bucket.logs_1", reason }],
  ["of an address that only begins alike", { check, address: "orders-prod/aws_s3_bucket.logs", reason }],
  ["without a reason", { check, address: "orders-prod/aws_s3_bucket.logs_1", reason: " " }],
])("fails: a row %s excuses nothing, and is told", (_, row) => {
  const finding = found("orders-prod/aws_s3_bucket.logs_1");
  expect(apply([row], [finding])).toEqual({ open: [finding], idle: [row] });
});

test("each exception of the prod plans is exact, and no other has its check and address", () => {
  expect(
    exceptions.filter(
      ({ address }) => !/^[a-z]+-prod(-recovery|-eu-central-1)?\/aws_[a-z0-9_]+\.[\w-]+$/.test(address),
    ),
  ).toEqual([]);
  const keys = exceptions.map(({ check: of, address }) => `${of} ${address}`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
