import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CDKTN, OVERRIDES } from "../cdktn/aliases";
import { inFolder } from "../synth";
import { PACKAGE, command, run } from "../tools";
import { RESOLUTIONS, Resolution, compile, pack, synthesize, writeProject } from "./pack";

/** The engines that the package is installed beside; the newest of its peers, and those of the fork. */
const ENGINES = {
  cdktf: { peers: PACKAGE.peerDependencies, overrides: {} },
  cdktn: { peers: { ...PACKAGE.peerDependencies, ...CDKTN }, overrides: OVERRIDES },
};

/** The package as its users get it: packed, installed into new projects with its peers, compiled and run. */
function main(folder: string): void {
  const tarball = pack(folder);
  console.log(`packed ${PACKAGE.name}: ${Math.round(statSync(tarball).size / 1024)} KiB`);
  for (const [engine, { peers, overrides }] of Object.entries(ENGINES)) {
    const project = join(folder, engine);
    mkdirSync(project);
    const typescript = PACKAGE.devDependencies.typescript;
    const dependencies = { ...peers, typescript, [PACKAGE.name]: `file:${tarball}` };
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "shop", dependencies, overrides }));
    use(project, Object.keys(peers));
  }
}

function use(project: string, peers: readonly string[]): void {
  run("npm", ["install", "--no-audit", "--no-fund"], project);
  const versions = [...peers, "typescript"].map((name) => installed(project, name));
  console.log(`installed beside ${versions.join(", ")}`);

  writeProject(project);
  for (const resolution of Object.keys(RESOLUTIONS) as Resolution[]) compile(project, resolution, project);
  const { resource } = synthesize(project);
  if (!resource.aws_db_instance) throw new Error("the plan must hold the database of test/package/program.ts");
  const count = Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
  console.log(`compiled (${Object.keys(RESOLUTIONS).join(", ")}) and synthesized: ${count} resources`);
}

function installed(project: string, name: string): string {
  const found = JSON.parse(readFileSync(join(project, "node_modules", name, "package.json"), "utf8"));
  return `${found.name} ${found.version}`;
}

command(() => inFolder(main));
