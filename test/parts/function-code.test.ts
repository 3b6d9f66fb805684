import { readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, App } from "cdktf";
import { unzipSync } from "fflate";
import { register } from "../../lib/core";
import { functionCode } from "../../lib/parts/function-code";
import { crc32, zip } from "../../lib/parts/zip";
import { inFolder } from "../synth";

const FILES = { "index.js": "exports.handler = () => 'ä';\n", "lib/other.js": "", "big.txt": "x".repeat(70_000) };

/** What synthesis leaves in the folder of a plan: files below `files`, and what the code says of itself. */
function left(folder: string, files: Readonly<Record<string, string>>) {
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, "shop");
  register(stack);
  const code = functionCode(stack, "error-budget", files);
  app.synth();
  return { code, names: readdirSync(join(folder, "stacks/shop/files")), plan: join(folder, "stacks/shop") };
}

test("every unzipper finds the files as they were", () => {
  const found = unzipSync(zip(FILES));
  expect(Object.fromEntries(Object.entries(found).map(([name, data]) => [name, Buffer.from(data).toString()]))).toEqual(
    FILES,
  );
});

test("the check sum is the one of the standard", () => {
  expect(crc32(Buffer.from("123456789")).toString(16)).toBe("cbf43926");
});

test("the same files are the same bytes, in whatever order they are named", () => {
  const [first, ...rest] = Object.entries(FILES);
  expect(zip(Object.fromEntries([...rest, first])).equals(zip(FILES))).toBe(true);
});

test("a plan finds its code beside it, named by what is in it", () => {
  inFolder((folder) => {
    const { code, names, plan } = left(folder, FILES);
    expect(names).toEqual([code.filename.replace("files/", "")]);
    expect(unzipSync(readFileSync(join(plan, code.filename)))).toHaveProperty(["index.js"]);
    const changed = left(folder, { ...FILES, "index.js": "changed" });
    expect(changed.code.sourceCodeHash).not.toBe(code.sourceCodeHash);
    // The code of before is gone.
    expect(changed.names).toEqual([changed.code.filename.replace("files/", "")]);
  });
});

test("the time of a checkout changes no byte", () => {
  inFolder((folder) => {
    const source = join(folder, "index.js");
    writeFileSync(source, "exports.handler = () => 1;");
    const read = (time: number) => {
      utimesSync(source, time, time);
      return left(folder, { "index.js": readFileSync(source, "utf8") }).code;
    };
    expect(read(0)).toEqual(read(1_000_000_000));
  });
});
