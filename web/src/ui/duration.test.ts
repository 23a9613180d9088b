import { expect, test } from "vitest";
import { durationText, measured } from "./duration";

test("a duration is said in its two largest units", () => {
  expect(durationText(2_592_000)).toBe("30 days");
  expect(durationText(129_600)).toBe("1 day 12 hours");
  expect(durationText(45)).toBe("45 seconds");
  expect(durationText(0)).toBe("no time");
});

test("units that follow each other only: a day and a minute is a day", () => {
  expect(durationText(86_460)).toBe("1 day");
});

test("a duration is measured in the largest unit without a rest", () => {
  expect(measured(172_800)).toEqual({ count: 2, unit: "days" });
  expect(measured(5400)).toEqual({ count: 90, unit: "minutes" });
});
