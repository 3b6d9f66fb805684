import { join, dirname } from "node:path";
import { App } from "cdktf";
import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";
import { parcels } from "../parcels";
import { exampleNames } from "../plans/examples";
import { example } from "../plans/plans";
import { inFolder } from "../synth";
import { command, ended, pythonProgram } from "../tools";

const VERSION = "1.46.3";
const PROD = ENVIRONMENTS.filter(({ name }) => name === "prod");

/** Follows every plan of recovery of `prod`, of each example and of a service in two regions: `npm run follow`. */
function main(): void {
  const python = join(dirname(pythonProgram("awscli", VERSION)), "python");
  inFolder((outdir) => {
    const apps = ["prod", "examples", "parcels"].map((name) => new App({ outdir: join(outdir, name) }));
    const [prod, examples, service] = apps;
    stacks(prod, PROD);
    for (const name of exampleNames()) example(examples, name);
    parcels(service);
    for (const app of apps) app.synth();
    const roots = apps.map((app) => join(app.outdir, "reliability"));
    const { code, stdout, stderr } = ended(python, [join(__dirname, "follow.py"), ...roots]);
    console.log(stdout.replaceAll(`${outdir}/`, ""));
    if (code !== 0) throw new Error(stderr);
  });
}

command(main);
