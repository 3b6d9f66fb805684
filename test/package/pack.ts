import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE, ROOT, run } from "../tools";

/** The ways in which TypeScript finds a package's types, and the modules that each can be asked for with. */
export const RESOLUTIONS = { node16: "node16", bundler: "preserve", node10: "commonjs" } as const;

export type Resolution = keyof typeof RESOLUTIONS;

/** Builds and packs the package into a folder, as `npm publish` would. */
export function pack(folder: string): string {
  run("npm", ["pack", "--silent", "--pack-destination", folder]);
  return join(
    folder,
    readdirSync(folder).find((file) => file.endsWith(".tgz"))!,
  );
}

/** Writes a project that uses the package: a program, and one that asks for every area by its subpath. */
export function writeProject(folder: string): void {
  copyFileSync(join(__dirname, "program.ts"), join(folder, "program.ts"));
  const imports = areas().map((area, index) => `export * as area${index} from "${PACKAGE.name}/${area}";\n`);
  writeFileSync(join(folder, "areas.ts"), imports.join(""));
  for (const [moduleResolution, module] of Object.entries(RESOLUTIONS)) {
    // The declarations themselves are checked once, for those who do not skip it.
    const skipLibCheck = moduleResolution !== "bundler";
    const compilerOptions = { module, moduleResolution, outDir: moduleResolution, target: "ES2022", strict: true };
    const ignoreDeprecations = moduleResolution === "node10" ? "6.0" : undefined;
    writeFileSync(
      join(folder, `tsconfig.${moduleResolution}.json`),
      JSON.stringify({
        compilerOptions: { ...compilerOptions, rootDir: ".", skipLibCheck, ignoreDeprecations },
        files: ["program.ts", "areas.ts"],
      }),
    );
  }
}

/** The folders of `lib` that are imported by a subpath. */
export function areas(): string[] {
  return readdirSync(join(ROOT, "lib")).filter((folder) => existsSync(join(ROOT, "lib", folder, "index.ts")));
}

/** Compiles the project; throws what the compiler says. */
export function compile(folder: string, resolution: Resolution, typescript = ROOT): void {
  const tsc = join(typescript, "node_modules/typescript/bin/tsc");
  run(process.execPath, [tsc, "-p", `tsconfig.${resolution}.json`], folder);
}

/** Runs both programs as CommonJS, and gives the plan. */
export function synthesize(folder: string): { readonly resource: Readonly<Record<string, Record<string, unknown>>> } {
  // Synthesis needs node and no other program: none is found.
  const env = { PATH: "" };
  for (const program of ["areas.js", "program.js"]) run(process.execPath, [join("node16", program)], folder, env);
  return JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/shop/cdk.tf.json"), "utf8"));
}
