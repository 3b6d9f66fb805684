import { capital } from "../words";
import { NEARLY_USED, quotaKey, shareUsed } from "../quotas";
import { Cell } from "./board";
import { linesOf } from "./lines";
import { Shown } from "./slices";

/** What parts of a service use of the quotas of their accounts, each quota once: other stacks use of them as well. */
export function quotaCells(found: Shown, paths: readonly string[]): Cell[] {
  const cells = paths.flatMap((path) => {
    const sited = found.construct(path);
    if (!sited || found.whyNot(path)) return [];
    const { declared, site } = sited;
    return Object.values(declared.quotas ?? {}).map((quota): [string, Cell] => [
      [site.account, site.region, quotaKey(quota)].join("/"),
      {
        widget: {
          kind: "chart",
          title: capital(`${quota.of}: per cent of the quota`),
          region: site.region,
          period: 300,
          lines: linesOf({ math: shareUsed(quota) }),
          thresholds: [{ label: "ask for more", value: NEARLY_USED, rings: "ticket" }],
          unit: "per cent",
        },
        width: 6,
        height: 6,
      },
    ]);
  });
  return [...new Map(cells).values()];
}
