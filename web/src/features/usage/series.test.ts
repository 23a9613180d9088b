import { expect, test } from "vitest";
import { roundUp } from "../../ui/BarChart";
import { bucketsOf, seriesOf, totalsOf } from "./series";

const buckets = bucketsOf(3600 * 10 + 5, 3600 * 13, "HOUR");
const points = [
  { At: 36_000, Of: "a", Allowed: 2, Denied: 1 }, { At: 43_200, Of: "b", Allowed: 9 }, { At: 36_000, Allowed: 4 }, { At: 1, Of: "a", Allowed: 100 },
];

test("every hour has a bar, also those without use", () => expect(buckets).toEqual([36_000, 39_600, 43_200]));

test("decisions are told as allowed and denied", () => {
  expect(seriesOf(points, buckets, true).map(({ name, values }) => [name, values])).toEqual([["allowed", [6, 0, 9]], ["denied", [1, 0, 0]]]);
});

test("who has most use has a colour, the others are told together", () => {
  expect(seriesOf(points, buckets, false).map(({ name, values }) => [name, values])).toEqual([["a", [3, 0, 0]], ["b", [0, 0, 9]], ["all others", [4, 0, 0]]]);
  const many = Array.from({ length: 30 }, (_, at) => ({ At: 36_000, Of: `p${at}`, Allowed: at + 1 }));
  expect(seriesOf(many, buckets, false)).toHaveLength(7);
  expect(seriesOf(many, buckets, false).flatMap(({ values }) => values).reduce((a, b) => a + b)).toBe(465);
});

test("totals are told by use", () => expect(totalsOf(points).map(({ name, allowed, denied }) => [name, allowed, denied])).toEqual([["a", 102, 1], ["b", 9, 0], ["all others", 4, 0]]));

test.each([[0, 4], [4, 4], [5, 6], [7, 8], [11, 20], [301, 400], [1_000_000, 1_000_000]])("the scale of %d ends with %d", (most, end) => expect(roundUp(most)).toBe(end));
