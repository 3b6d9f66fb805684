import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, Aspects, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { DEVELOPMENT, PRODUCTION, Safeguard, judge, register, setPosture, waive } from "../../lib/core";
import { Alarms } from "../../lib/alerting";
import { Postgres } from "../../lib/data";
import { group, inFolder, network, read, synth } from "../synth";

/** A stack as a user has it: without our test helper. */
function foreign(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: ["111122223333"] });
  return stack;
}

const DATABASE = "must be watched, got nobody; call alarms.watch(it)";

test("fails on a database that nobody watches, in a stack that only holds one pattern", () => {
  inFolder((outdir) => {
    const app = new App({ outdir });
    new Postgres(foreign(app, "shop"), "database", { network: network() });
    expect(() => app.synth()).toThrow(`shop/database: 'Postgres' ${DATABASE}`);
    expect(() => app.synth()).toThrow("shop/database: 'Postgres' must be backed up, got no plan");
  });
});

test("fails before any stack is written, whichever comes first", () => {
  inFolder((outdir) => {
    const app = new App({ outdir });
    new SqsQueue(foreign(app, "first"), "queue", { name: "queue" });
    new Postgres(foreign(app, "second"), "database", { network: network() });
    new SqsQueue(foreign(app, "third"), "queue", { name: "queue" });
    expect(() => app.synth()).toThrow("nothing was written");
    expect(readdirSync(join(outdir, "stacks"))).toEqual([]);
    expect(existsSync(join(outdir, "reliability"))).toBe(false);
    expect(existsSync(join(outdir, "manifest.json"))).toBe(false);
  });
});

test("fails with the faults of all stacks at once", () => {
  inFolder((outdir) => {
    const app = new App({ outdir });
    for (const id of ["one", "two"]) new Postgres(foreign(app, id), "database", { network: network() });
    expect(() => app.synth()).toThrow(/one\/database: [\s\S]*two\/database: /);
  });
});

test("fails under cdktf's own test helper, too", () => {
  const stack = foreign(Testing.app(), "shop");
  new Postgres(stack, "database", { network: network() });
  expect(() => Testing.synth(stack, true)).toThrow(DATABASE);
});

test("in development a broken promise is a warning, said once", () => {
  const { warnings, manifest } = synth((stack) => new Postgres(stack, "database", { network: network() }), {
    posture: DEVELOPMENT,
    checks: true,
  });
  expect(warnings.filter((warning) => warning.includes(DATABASE))).toHaveLength(1);
  expect(manifest.verdicts).toContainEqual(expect.objectContaining({ safeguard: "watched", outcome: "warned" }));
});

test("a waiver is printed, listed and lets pass", () => {
  const { warnings, manifest } = synth(
    (stack) => {
      const database = new Postgres(stack, "database", { network: network() });
      waive(database, "watched", { waived: "moves out in spring", until: "2027-03-31" });
      waive(database, "backed-up", { waived: "holds nothing yet" });
    },
    { checks: true },
  );
  expect(warnings).toEqual([
    "watched is waived until 2027-03-31: moves out in spring",
    "backed-up is waived: holds nothing yet",
  ]);
  expect(manifest.waivers[0]).toEqual({
    path: "test/database",
    safeguard: "watched",
    waived: "moves out in spring",
    until: "2027-03-31",
  });
  expect(manifest.verdicts.map(({ outcome }) => outcome)).toEqual(["waived", "waived"]);
});

test("a waiver of one safeguard is not a waiver of another", () => {
  const stack = (safeguard: Safeguard) => () =>
    synth((scope) => waive(new Postgres(scope, "database", { network: network() }), safeguard, { waived: "yes" }), {
      checks: true,
    });
  expect(stack("watched")).toThrow("must be backed up");
  expect(stack("watched")).not.toThrow("must be watched");
});

test.each([
  ["no reason", { waived: " " }, "'waived' must say why, in a sentence"],
  ["a day that the calendar has not", { waived: "why", until: "2027-02-29" }, "'until' must be a day, YYYY-MM-DD"],
  ["a date that is none", { waived: "why", until: "spring" }, "'until' must be a day, YYYY-MM-DD, got \"spring\""],
])("fails on a waiver with %s", (_, waiver, message) => {
  expect(() => synth((stack) => waive(new Construct(stack, "any"), "watched", waiver))).toThrow(message);
});

test("a pattern the library has never heard of is judged as its own", () => {
  class Mainframe extends Construct {
    readonly protects = [{ type: "VSAM", arn: "arn:aws:m2:eu-west-1:111122223333:x", backUp: true as const, by: [] }];
  }
  const run = () =>
    synth(
      (stack) => {
        register(stack);
        const mainframe = new Mainframe(stack, "mainframe");
        judge(mainframe, "zone-loss", false, { prop: "zones", must: "be at least 2", got: 1, mend: "add one" });
      },
      { checks: true },
    );
  expect(run).toThrow("test/mainframe: 'Mainframe' must be backed up");
  expect(run).toThrow("test/mainframe: 'zones' must be at least 2, got 1; add one");
});

test("without a posture it is production", () => {
  inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = foreign(app, "shop");
    const database = new Postgres(stack, "database", { network: network() });
    expect(database.recovers.zone![0].mechanism).toBe("Multi-AZ failover");
    expect(() => app.synth()).toThrow("refused");
  });
});

test("an app that skips validation skips these as well", () => {
  inFolder((outdir) => {
    const app = new App({ outdir, skipValidation: true });
    new Postgres(foreign(app, "shop"), "database", { network: network() });
    app.synth();
    expect(readdirSync(join(outdir, "reliability"))).toEqual(["shop"]);
  });
});

test("what an aspect changes stands in the plan", () => {
  const changed = synth((stack) => {
    register(group(stack, "hooked"));
    new SqsQueue(stack, "queue", { name: "queue" });
    Aspects.of(stack).add({
      visit: (construct) => {
        if (construct instanceof SqsQueue) construct.tags = { seen: "yes" };
      },
    });
  });
  expect(changed.the(SqsQueue).tags).toEqual({ seen: "yes" });
});

test("what is defined after a refusal stands in the plan of the next try", () => {
  inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = foreign(app, "shop");
    const database = new Postgres(stack, "database", { network: network() });
    expect(() => app.synth()).toThrow("nothing was written");
    for (const safeguard of ["watched", "backed-up"] as const) waive(database, safeguard, { waived: "a rehearsal" });
    new SqsQueue(stack, "queue", { name: "late" });
    app.synth();
    expect(Object.keys(read(outdir, "shop").json.resource)).toContain("aws_sqs_queue");
  });
});

test("the same input gives the same bytes, twice in one process", () => {
  const once = () => JSON.stringify(synth((stack) => new Postgres(stack, "database", { network: network() })));
  expect(once()).toBe(once());
});

test.each([
  ["one zone", { ...PRODUCTION, zones: 1 }, "'posture.zones' must be between 2 and 6, got 1; a load balancer"],
  ["36 days", { ...PRODUCTION, backupDays: 36 }, "'posture.backupDays' must be between 1 and 35, got 36"],
])("fails on a posture with %s", (_, posture, message) => {
  const stack = new TerraformStack(Testing.app(), "shop");
  expect(() => setPosture(stack, posture)).toThrow(`shop: ${message}`);
});

test("fails where nobody says which account it is", () => {
  const stack = new TerraformStack(Testing.app(), "shop");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  expect(() => new Postgres(stack, "database", { network: network() })).toThrow(
    "'place' must be known, got nothing; call provide(stack, environment), or give the AWS provider its region",
  );
});

test("fails on a posture that comes too late for what is there already", () => {
  const stack = foreign(Testing.app(), "shop");
  expect(() => setPosture(stack, DEVELOPMENT)).toThrow("shop: 'posture' must be set before the scope has children");
});

test("a waiver of what nobody has heard of is said aloud", () => {
  const { warnings } = synth((stack) => {
    waive(new Postgres(stack, "database", { network: network() }), "wached" as Safeguard, {
      waived: "drained by hand",
    });
  });
  expect(warnings).toContain(
    "test/database: the waiver of 'wached' must excuse something, got one that is kept, or that nobody judges; delete it",
  );
});

test("a waiver that excuses nothing is said aloud", () => {
  const { warnings } = synth((stack) => {
    const database = new Postgres(stack, "database", { network: network() });
    new Alarms(stack, "alarms", {
      notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    }).watch(database);
    waive(database, "watched", { waived: "was true once" });
  });
  expect(warnings).toContain(
    "test/database: the waiver of 'watched' must excuse something, got one that is kept, or that nobody judges; delete it",
  );
});
