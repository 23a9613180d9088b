import { expect, test } from "vitest";
import { periods } from "../../ui/periods";
import { bucketsOf } from "./series";
import { bucketFor, spanOf } from "./usage";

const now = 1_000_000 * 3600 + 300; // five minutes past the hour

test.each(periods)("$label reaches back as long as it says, and no longer than the server counts", (period) => {
  const { From, To } = spanOf(period, now);
  expect(To - From).toBe(period.seconds);
  expect(To - From).toBeLessThanOrEqual({ HOUR: 7 * 86_400, DAY: 92 * 86_400 }[bucketFor(period)]);
});

test("the last hour has the bar of the hour before, too", () => {
  const { From, To } = spanOf({ id: "1h", label: "", seconds: 3600 }, now);
  expect(bucketsOf(From, To, "HOUR")).toEqual([now - 300 - 3600, now - 300]);
});
