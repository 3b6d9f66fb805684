import { Construct } from "constructs";
import { Protected, Stateful } from "../../lib/core";

/** Something that holds data, and that the library has never heard of. */
export class Ledger extends Construct implements Stateful {
  constructor(
    scope: Construct,
    id: string,
    private readonly type = "RDS",
    private readonly others: readonly Protected[] = [],
    private readonly arn = `arn:aws:own:eu-west-1:111122223333:${id}`,
  ) {
    super(scope, id);
  }

  get protects(): readonly Protected[] {
    return [{ type: this.type, arn: this.arn, backUp: true, by: [] }, ...this.others];
  }
}
