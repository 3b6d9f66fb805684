import { Construct } from "constructs";
import { Peer, Reachable } from "../core/network";
import { Firewall } from "./firewall";

/** What listens on one port behind a firewall of its own: nobody reaches it who was not let in. */
export abstract class BehindFirewall extends Construct implements Reachable {
  abstract readonly firewall: Firewall;
  abstract readonly port: number;

  /** What other firewalls name as their peer. */
  get securityGroupId(): string {
    return this.firewall.securityGroupId;
  }

  /** Lets a peer connect; what it listens for is encrypted. */
  allowFrom(peer: Peer, why: string): void {
    this.firewall.allowFrom(peer, this.port, why);
  }
}
