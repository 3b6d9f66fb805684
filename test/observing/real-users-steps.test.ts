import { execFileSync } from "node:child_process";
import { realUsersSignals } from "../../lib/observing/real-users-signals";

const event = (type: string, page: string, value: number) =>
  JSON.stringify({
    event_type: `com.amazon.rum.${type}_event`,
    event_details: JSON.stringify({ version: "1.0.0", value }),
    metadata: JSON.stringify({ pageId: page, browserName: "Firefox" }),
  });

test("the pages that show late are counted from the events, whether or not AWS packs them twice", () => {
  const step = realUsersSignals("shop").largestPaint.firstSteps.find((each) =>
    each.includes("rum get-app-monitor-data"),
  );
  const [, command] = /\? (aws .*)\.$/.exec(step ?? "") ?? [];
  const late = (page: string) => event("largest_contentful_paint", page, 2600.5);
  const nested = late("/pay").replace(/"\{/g, "{").replace(/\}"/g, "}").replaceAll("\\", "");
  const events = [
    late("/pay"),
    nested,
    late("/"),
    event("largest_contentful_paint", "/", 2400),
    event("http", "/", 9999),
  ];
  const env = { ...process.env, EVENTS: events.join("\t") };
  const said = execFileSync("sh", ["-c", `aws() { printf '%s' "$EVENTS"; }\n${command}`], { encoding: "utf8", env });
  expect(said.split("\n").map((row) => row.trim())).toEqual(['2 "pageId":"/pay"', '1 "pageId":"/"', ""]);
});
