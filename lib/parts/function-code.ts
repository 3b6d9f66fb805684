import { createHash } from "node:crypto";
import { IConstruct } from "constructs";
import { planFile } from "../core/plan-file";
import { zip } from "./zip";

/** The code of a function, as `aws_lambda_function` takes it. */
export interface FunctionCode {
  readonly filename: string;
  readonly sourceCodeHash: string;
}

/**
 * The code of a function from its files, as a zip beside the plan: the same files are the same bytes, whenever and
 * wherever they were checked out. `what` names the zip, such as `error-budget`.
 */
export function functionCode(scope: IConstruct, what: string, files: Readonly<Record<string, string>>): FunctionCode {
  const archive = zip(files);
  const hash = createHash("sha256").update(archive).digest();
  return {
    filename: planFile(scope, `${what}-${hash.toString("hex").slice(0, 16)}.zip`, archive),
    sourceCodeHash: hash.toString("base64"),
  };
}
