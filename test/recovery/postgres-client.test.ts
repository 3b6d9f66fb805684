import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { Construct } from "constructs";
import { postgresClient } from "../../lib/recovery/postgres-client";
import { synth } from "../synth";

function filesOf(client?: string): Readonly<Record<string, string>> {
  let files!: Readonly<Record<string, string>>;
  synth((stack) => void (files = postgresClient(new Construct(stack, "proof"), client)));
  return files;
}

test("fails where the client is not installed, and says what to do", () => {
  expect(() => filesOf("no-such-client")).toThrow(
    "test/proof: 'query' must come with the package no-such-client, got \"none installed\"; npm install --save-exact no-such-client@3.4.9",
  );
});

test("the client needs Node.js and its own files, and nothing else", () => {
  const files = filesOf();
  expect(Object.keys(files)).toContain("postgres/index.js");
  for (const [path, text] of Object.entries(files)) {
    for (const [, needed] of text.matchAll(/require\('([^']+)'\)/g)) {
      const isThere = needed.startsWith(".") ? join(dirname(path), needed) in files : builtinModules.includes(needed);
      expect([path, needed, isThere]).toEqual([path, needed, true]);
    }
  }
});
