import { TerraformOutput, TerraformStack } from "cdktf";
import { RealUsers } from "sre-constructs/observing";

/** What customers of the shop feel: one session in five, never where they pay; an hour without a page view is a ticket. */
export function realUsers(stack: TerraformStack): RealUsers {
  const shop = new RealUsers(stack, "shop", {
    domains: ["shop.example.com"],
    sessionSampleRate: 0.2,
    viewsPerHour: 600,
    excludedPages: ["https://shop.example.com/payment*"],
  });
  new TerraformOutput(stack, "rum", { value: shop.client });
  return shop;
}
