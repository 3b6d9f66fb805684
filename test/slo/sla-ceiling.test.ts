import { waive } from "../../lib/core";
import { Slo, SloProps } from "../../lib/slo";
import { synth } from "../synth";
import { service } from "./service";

/** Load balancer, instances and a multi-zone database: 99.93 together. */
const SLAS = { balancer: 99.99, instances: 99.99, database: 99.95 };

function promised(objective: number, props: Partial<SloProps> = {}, slas: Readonly<Record<string, number>> = SLAS) {
  return synth(
    (stack) => {
      const { gate, orders, alarms } = service(stack, slas);
      const indicator = gate.indicators.availability;
      new Slo(stack, "availability", { objective, of: orders, indicator, alarms, ...props });
    },
    { checks: true },
  );
}

const verdict = (made: ReturnType<typeof promised>) =>
  made.manifest.verdicts.find(({ safeguard }) => safeguard === "sla-ceiling");

test("what is no more than the product of all is kept", () => {
  expect(verdict(promised(99.93))).toMatchObject({ outcome: "kept" });
  expect(promised(99.9).manifest.objectives[0].ceiling).toEqual({
    product: "99.93",
    shares: [
      { path: "test/balancer", sla: 99.99, share: "10", source: "https://sla.example.com", asOf: "2026-11-01" },
      { path: "test/instances", sla: 99.99, share: "10", source: "https://sla.example.com", asOf: "2026-11-01" },
      { path: "test/database", sla: 99.95, share: "50", source: "https://sla.example.com", asOf: "2026-11-01" },
    ],
    unknown: ["test/gate", "test/fleet"],
  });
});

test("between the product and the lowest figure it warns, the largest share of the budget first", () => {
  const made = promised(99.95);
  expect(verdict(made)).toMatchObject({ outcome: "warned" });
  expect(made.warnings).toContainEqual(
    "test/availability: 'objective' must be at most 99.93, the product of what is promised of its dependencies, got 99.95; " +
      "of its budget may go to test/database 100 % (99.95), test/balancer 20 % (99.99), test/instances 20 % (99.99); " +
      "unknown: test/gate, test/fleet",
  );
});

test("fails above the lowest figure, which it names", () => {
  expect(() => promised(99.96)).toThrow(
    "test/availability: 'objective' must be at most 99.95, which is all that is promised of test/database, got 99.96",
  );
});

test("fails between the two where it is strict", () => {
  expect(() => promised(99.95, { strict: true })).toThrow("'objective' must be at most 99.93");
  expect(verdict(promised(99.93, { strict: true }))).toMatchObject({ outcome: "kept" });
});

test("a ceiling is gone above only for a reason", () => {
  const made = synth(
    (stack) => {
      const { gate, orders, alarms } = service(stack, SLAS);
      const indicator = gate.indicators.availability;
      const slo = new Slo(stack, "availability", { objective: 99.99, of: orders, indicator, alarms });
      waive(slo, "sla-ceiling", { waived: "the database has been better for years" });
    },
    { checks: true },
  );
  expect(verdict(made)).toMatchObject({ outcome: "waived" });
});

test("three figures that are multi-zone already are three factors, not one of three", () => {
  const { ceiling } = promised(99, {}, { one: 99.9, two: 99.9, three: 99.9 }).manifest.objectives[0];
  expect(ceiling.product).toBe("99.7003");
});

test("without a figure nothing is said of a ceiling, and nothing is taken for perfect", () => {
  const made = promised(99.999, {}, {});
  expect(verdict(made)).toBeUndefined();
  expect(made.manifest.objectives[0].ceiling).toEqual({ shares: [], unknown: ["test/gate", "test/fleet"] });
});

test("a latency has no ceiling: it counts only what was answered", () => {
  const made = synth((stack) => {
    const { gate, orders, alarms } = service(stack, { database: 99 });
    const indicator = gate.indicators.latency;
    new Slo(stack, "fast", { objective: 99.9, of: orders, indicator, within: "1 second", alarms });
  });
  expect(verdict(made)).toBeUndefined();
});
