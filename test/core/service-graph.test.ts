import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import fc from "../property";
import { ServiceGraph, ServiceGraphProps } from "../../lib/core";
import { cycleOf, inRecoveryOrder } from "../../lib/core/service-order";
import { synth } from "../synth";

class Part extends Construct {}

/** Makes a graph of parts that are named by their ids. */
function graph(make: (part: (id: string) => IConstruct, stack: TerraformStack) => ServiceGraphProps): ServiceGraph {
  let made: ServiceGraph | undefined;
  synth((stack) => {
    const part = (id: string) => new Part(stack, id);
    made = new ServiceGraph(stack, "orders", make(part, stack));
  });
  return made!;
}

const ids = (constructs: readonly IConstruct[]) => constructs.map(({ node }) => node.id);

test("what an entrance needs is what runs, and what that needs", () => {
  const orders = graph((part) => ({ entrance: part("entrance"), runs: part("fleet"), needs: [part("database")] }));
  expect(ids(orders.hard)).toEqual(["entrance", "fleet", "database"]);
  expect(ids(orders.neededBy(orders.entrance!))).toEqual(["fleet", "database"]);
  expect(ids(orders.neededBy(orders.runs[0]))).toEqual(["database"]);
  expect(orders.neededBy(orders.needs[0])).toEqual([]);
});

test("data comes back first, the entrance last", () => {
  const orders = graph((part) => ({
    entrance: part("entrance"),
    runs: [part("api"), part("worker")],
    needs: [part("database"), part("queue")],
  }));
  expect(orders.recoveryOrder.map(ids)).toEqual([["database", "queue"], ["api", "worker"], ["entrance"]]);
});

test("what is only preferred takes nothing down", () => {
  const orders = graph((part) => ({
    runs: part("fleet"),
    prefers: [{ on: part("cache"), because: "orders are slower without it" }],
  }));
  expect(ids(orders.hard)).toEqual(["fleet"]);
  expect(orders.neededBy(orders.runs[0])).toEqual([]);
  expect(orders.edges.map(({ hard, because }) => [hard, because])).toEqual([[false, "orders are slower without it"]]);
});

test("a service that needs another is down with all that the other needs", () => {
  const orders = graph((part, stack) => {
    const payments = new ServiceGraph(stack, "payments", {
      entrance: part("gateway"),
      runs: part("payer"),
      needs: [part("ledger")],
    });
    return { runs: part("fleet"), needs: [payments] };
  });
  expect(ids(orders.hard)).toEqual(["fleet", "gateway", "payer", "ledger"]);
  expect(orders.recoveryOrder.map(ids)).toEqual([["ledger"], ["payer"], ["gateway"], ["fleet"]]);
});

test("the manifest has the graph, by construct path", () => {
  const { manifest } = synth((stack) => {
    const [fleet, database, cache] = ["fleet", "database", "cache"].map((id) => new Part(stack, id));
    new ServiceGraph(stack, "orders", { runs: fleet, needs: [database], prefers: [{ on: cache, because: "slower" }] });
  });
  expect(manifest.services).toEqual([
    {
      path: "test/orders",
      runs: ["test/fleet"],
      needs: ["test/database"],
      prefers: [{ on: "test/cache", because: "slower" }],
      edges: [
        { from: "test/fleet", to: "test/database", hard: true },
        { from: "test/fleet", to: "test/cache", hard: false, because: "slower" },
      ],
      recoveryOrder: [["test/database"], ["test/fleet"]],
    },
  ]);
});

test("fails where services need each other in a circle", () => {
  expect(() =>
    graph((part, stack) => {
      const [orders, payments] = [part("order-fleet"), part("payment-fleet")];
      new ServiceGraph(stack, "payments", { runs: payments, needs: [orders] });
      return { runs: orders, needs: [payments] };
    }),
  ).toThrow("'needs' must not run in a circle, got \"test/payment-fleet → test/order-fleet → test/payment-fleet\"");
});

test("fails where a construct is named twice", () => {
  expect(() =>
    graph((part) => {
      const database = part("database");
      return { runs: part("fleet"), needs: [database], prefers: [{ on: database, because: "both" }] };
    }),
  ).toThrow("'needs' must name each construct once, got \"test/database\"");
});

test("fails without anything that runs", () => {
  expect(() => graph(() => ({ runs: [] }))).toThrow("'runs' must name at least one construct");
});

test("fails where a soft dependency gives no reason", () => {
  expect(() => graph((part) => ({ runs: part("fleet"), prefers: [{ on: part("cache"), because: " " }] }))).toThrow(
    "'prefers.cache.because' must say what is worse without it",
  );
});

test("in any graph without a circle, each node comes back after all that it needs, and none is lost", () => {
  const edges = fc.array(
    fc.tuple(fc.nat(12), fc.nat(12)).map(([a, b]) => ({ from: Math.max(a, b) + 1, to: Math.min(a, b), hard: true })),
  );
  fc.assert(
    fc.property(edges, (drawn) => {
      const nodes = [...new Set([0, ...drawn.flatMap(({ from, to }) => [from, to])])];
      const steps = inRecoveryOrder(nodes, drawn);
      const stepOf = (node: number) => steps.findIndex((step) => step.includes(node));
      expect(cycleOf(drawn)).toBeUndefined();
      expect(steps.flat().sort()).toEqual([...nodes].sort());
      for (const { from, to } of drawn) expect(stepOf(from)).toBeGreaterThan(stepOf(to));
    }),
  );
});
