import { expect, test } from "vitest";
import { dateOf, fromNow } from "./times";

const now = new Date("2026-11-22T12:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

test.each([
  [0, "now"], [1, "in 1 second"], [-59, "59 seconds ago"], [60, "in 1 minute"], [-3600, "1 hour ago"],
  [86_400, "tomorrow"], [86_400 * 3, "in 3 days"], [-86_400 * 40, "last month"], [86_400 * 800, "in 2 years"],
])("%d seconds from now are told as %s", (seconds, said) => expect(fromNow(after(seconds), now)).toBe(said));

test("seconds since 1970, dates and texts are the same moment", () => {
  const seconds = now.getTime() / 1000;
  for (const at of [now, seconds, now.toISOString()]) expect(dateOf(at)).toEqual(now);
});

test("what is no moment is none", () => {
  for (const at of [undefined, "", "soon", Number.NaN, new Date("x")]) expect(dateOf(at)).toBeUndefined();
});
