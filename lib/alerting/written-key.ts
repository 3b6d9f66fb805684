import { IConstruct } from "constructs";
import { refuse } from "../core/guard";

/** Addresses of a pager that hold their key as a text: whoever reads the source may wake people, or close incidents. */
const WRITTEN_KEY = /^https:\/\/events(\.eu)?\.pagerduty\.com\/(integration|x-ere)\/(?!\$\{)/;

/** Refuses an address with a key that is written out, and shows it to nobody. */
export function requireNoKey(scope: IConstruct, prop: string, endpoint: string): void {
  if (!WRITTEN_KEY.test(endpoint)) return;
  const mend = "tell the receiver of an `OnCall`, or an address that ends in a sensitive TerraformVariable";
  refuse(scope, { prop, must: "hold its key as a reference", got: "a key that is written out", mend });
}
