import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { TerraformStack } from "cdktf";
import { DEVELOPMENT, ServiceGraph, setPlace, setPosture } from "../../lib/core";
import { ServicesDashboard } from "../../lib/observing";
import { Slo } from "../../lib/slo";
import { synth, synthAll } from "../synth";
import { ERRORS, Mill, headings, metric, orders, texts, titled } from "./service";

/** A service of one part that counts what it does. */
function mill(stack: TerraformStack, id: string): ServiceGraph {
  const ground = { kind: "availability", counts: "sacks", bad: [metric("Lost")], total: [metric(id)] } as const;
  return new ServiceGraph(stack, `${id}-service`, { runs: new Mill(stack, id, { lost: ERRORS }, { ground }) });
}

test("every service of the app is on it, also one that comes later", () => {
  const stack = synth((stack) => {
    mill(stack, "wheat");
    new ServicesDashboard(stack, "services");
    mill(stack, "rye");
  });
  expect(headings(stack)).toEqual([
    "# Services",
    "## wheat-service",
    "Sacks (ground)",
    "## rye-service",
    "Sacks (ground)",
  ]);
});

test("only those that are named, in their order, where some are", () => {
  const stack = synth((stack) => {
    const [wheat, rye] = ["wheat", "rye", "oats"].map((id) => mill(stack, id));
    new ServicesDashboard(stack, "services", { of: [rye, wheat], title: "Flour" });
  });
  expect(headings(stack).filter((heading) => heading.startsWith("#"))).toEqual([
    "# Flour",
    "## rye-service",
    "## wheat-service",
  ]);
});

test("of a service it tells the objective, what rings, and what users feel at its entrance", () => {
  const stack = synth((stack) => {
    const { graph: of, alarms, entrance } = orders(stack);
    alarms.watch(entrance);
    const indicator = entrance.indicators.availability;
    new Slo(stack, "availability", { objective: 99.9, of, indicator, alarms });
    new ServicesDashboard(stack, "services");
  });
  expect(headings(stack)).toEqual([
    "# Services",
    "## orders",
    "### availability",
    "Burn rate: availability (1 spends just the budget)",
    "Alarms",
    "Requests (availability)",
    "How long requests take (latency)",
  ]);
});

describe("services in other stacks", () => {
  function far({ account = "111122223333", named = false } = {}) {
    return synthAll({
      far: (stack) => {
        const { graph: of, alarms, entrance } = orders(stack);
        new Slo(stack, "availability", { objective: 99.9, of, indicator: entrance.indicators.availability, alarms });
        mill(stack, "wheat");
      },
      near: (stack) => {
        const other = new TerraformStack(stack.node.root as never, "other");
        setPlace(other, { account, region: "eu-central-1" });
        setPosture(other, DEVELOPMENT);
        const rye = mill(other, "rye");
        new ServicesDashboard(stack, "services", named ? { of: [rye] } : {});
      },
    }).near;
  }

  test("are drawn where everything is known, in the region that they stand in", () => {
    const near = far();
    expect(headings(near)).toContain("## rye-service");
    expect(titled(near, "Sacks (ground)").properties.region).toBe("eu-west-1");
    const regions = JSON.parse(near.the(CloudwatchDashboard).dashboard_body).widgets.map(
      ({ properties }: { properties: { region?: string } }) => properties.region,
    );
    expect(regions).toContain("eu-central-1");
  });

  test("keep the words of an objective whose metrics AWS names", () => {
    const near = far();
    expect(headings(near)).toContain("### availability");
    expect(headings(near)).not.toContain("Burn rate: availability (1 spends just the budget)");
    expect(texts(near)).toContain("- `far/availability`: AWS assigns arn_suffix in another stack");
    expect(near.the(CloudwatchDashboard).dashboard_body).not.toContain("${");
  });

  test("are no matter of this account where they stand in another, and left out where they are named", () => {
    const account = "444455556666";
    expect(texts(far({ account }))).not.toContain("rye");
    const named = far({ account, named: true });
    expect(headings(named)).toEqual(["# Services"]);
    expect(texts(named)).toContain("- `other/rye-service`: it stands in other, in account 444455556666");
  });
});
