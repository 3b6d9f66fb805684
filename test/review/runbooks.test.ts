import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Alarms, Escalation } from "../../lib/alerting";
import { DEVELOPMENT, setPlace, setPosture } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { inFolder, network } from "../synth";

/** The pages below `runbooks`, by path, of a stack with a database and an escalation. */
function pages(): Record<string, string> {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "orders");
    setPlace(stack, { account: "111122223333", region: "eu-west-1" });
    setPosture(stack, DEVELOPMENT);
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    const escalation = new Escalation(stack, "escalation", {
      page: { emails: ["a@x.org"] },
      ticket: { emails: ["b@x.org"] },
    });
    const alarms = new Alarms(stack, "alarms", { notify: escalation.notify });
    alarms.watch(escalation);
    alarms.watch(new Postgres(stack, "database", { network: network() }), { swap: { waived: "swaps every night" } });
    const folder = join(outdir, "reliability/orders/runbooks");
    mkdirSync(join(folder, "database"), { recursive: true });
    writeFileSync(join(folder, "database/gone.md"), "a signal of last year");
    app.synth();
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  });
}

test("each signal that somebody is told of has a page, and no other has", () => {
  const files = Object.keys(pages());
  expect(files).toContain("database/freeStorage.md");
  expect(files).toContain("database/events.md");
  expect(files).toContain("escalation/pagesFailed.md");
  expect(files).not.toContain("database/swap.md");
  expect(files).not.toContain("database/gone.md");
});

test("no link leads nowhere, no section is empty, no expression is left", () => {
  const all = pages();
  for (const [path, text] of Object.entries(all)) {
    expect(text).not.toContain("${");
    expect(text).not.toMatch(/## .*\n+(##|$)/);
    for (const [, link] of text.matchAll(/\]\(([^)#]+)\)/g)) expect(Object.keys(all)).toContain(join(path, "..", link));
  }
});

test("the page of a full disk says what to do, and when it is over", () => {
  const page = pages()["database/freeStorage.md"];
  expect(page).toContain("# The database is running out of disk; when it is full, it stops");
  expect(page).toContain("- **page**: below 5,368,710,000 bytes (`orders-database-free-storage-page`)");
  expect(page).toContain("- AWS/RDS `FreeStorageSpace` (Minimum): DBInstanceIdentifier = `orders-database`");
  expect(page).toContain("1. Compare allocated storage with maxStorageGib");
  expect(page).toContain("- lost corruption: point-in-time restore, within 1 hour, losing 5 minutes");
  expect(page).toContain("--alarm-names orders-database-free-storage-page orders-database-free-storage-ticket");
});

test("the index leads to every page", () => {
  const { "README.md": index, ...rest } = pages();
  for (const path of Object.keys(rest)) expect(index).toContain(`](${path})`);
});
