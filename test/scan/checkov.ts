import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Config } from "../synth";
import { ended, pythonProgram } from "../tools";

const VERSION = "3.3.30";

/** Something that Checkov would have otherwise. */
export interface Finding {
  readonly check: string;
  /** `<stack>/<type>.<name>`. */
  readonly address: string;
  /** What Checkov asks for, in its words. */
  readonly asks: string;
}

/** What Checkov said about one stack. */
export interface Scanned {
  readonly stack: string;
  readonly passed: number;
  readonly findings: readonly Finding[];
}

interface CheckovRecord {
  /** `/<stack>/cdk.tf.json`. */
  readonly file_path: string;
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

interface CheckovReport {
  readonly results?: {
    readonly passed_checks: readonly CheckovRecord[];
    readonly failed_checks: readonly CheckovRecord[];
    readonly parsing_errors: readonly string[];
  };
}

/** Runs every check of Checkov over the plans in a folder of stacks; nothing is skipped, and nothing leaves the machine. */
export function scan(folder: string): Scanned[] {
  const args = ["-d", folder, "--framework", "terraform_json", "--skip-download", "-o", "json"];
  const { stdout, stderr } = ended(pythonProgram("checkov", VERSION), args);
  const { results } = (stdout.trim() === "" ? {} : JSON.parse(stdout)) as CheckovReport;
  if (!results || results.parsing_errors.length > 0) {
    throw new Error(`Checkov ${VERSION} could not read ${folder}:\n${results?.parsing_errors ?? stdout}\n${stderr}`);
  }
  return readdirSync(folder).map((stack) => {
    const here = ({ file_path }: CheckovRecord) => file_path === `/${stack}/cdk.tf.json`;
    const passed = results.passed_checks.filter(here).length;
    const failed = results.failed_checks.filter(here);
    // A plan that Checkov does not look at has no findings: this must not pass for a clean one.
    if (passed + failed.length === 0) throw new Error(`Checkov ${VERSION} found nothing to check in ${stack}`);
    const types = typesByName(JSON.parse(readFileSync(join(folder, stack, "cdk.tf.json"), "utf8")) as Config);
    const findings = failed.map(({ check_id, check_name, resource }) => ({
      check: check_id,
      address: `${stack}/${resource.replace(/^resource\.(.*)$/, (_, name: string) => `${types[name]}.${name}`)}`,
      asks: check_name,
    }));
    return { stack, passed, findings };
  });
}

/** Half of the checks name a resource without its type; construct paths make names unique. */
function typesByName({ resource }: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries(resource as Config).flatMap(([type, named]) => Object.keys(named).map((name) => [name, type])),
  );
}
