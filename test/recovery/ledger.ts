import { Construct } from "constructs";
import { Protected, Stateful } from "../../lib/core";

/** Something that holds data, and that the library has never heard of. */
export class Ledger extends Construct implements Stateful {
  constructor(
    scope: Construct,
    id: string,
    private readonly type = "RDS",
    private readonly others: readonly Protected[] = [],
  ) {
    super(scope, id);
  }

  get protects(): readonly Protected[] {
    const arn = `arn:aws:own:eu-west-1:111122223333:${this.node.id}`;
    return [{ type: this.type, arn, backUp: true, by: [] }, ...this.others];
  }
}
