import { TerraformStack } from "cdktf";
import { Alarms } from "sre-constructs/alerting";
import { LoadTest } from "sre-constructs/chaos";
import { Placement } from "sre-constructs/core";

/** The peak that the fleet is told of, from outside: one request in a hundred may fail, none may take long. */
export function loadTest(stack: TerraformStack, network: Placement, alarms: Alarms): LoadTest {
  return new LoadTest(stack, "load-test", {
    network,
    target: "https://orders.example.com",
    script: `
      import http from "k6/http";
      export const options = {
        thresholds: { http_req_failed: ["rate<0.01"], http_req_duration: ["p(99)<800"] },
      };
      export default () => http.get(__ENV.TARGET + "/orders");
    `,
    peakRequestsPerSecond: 900,
    stopOn: alarms.pages.filter(({ name }) => name.includes("-entrance-")),
  });
}
