import { expect, test } from "vitest";
import { periodOf, periods } from "./periods";

test("a period is found by its id, and what is none means the other one", () => {
  expect(periodOf("7d", "24h").seconds).toBe(604_800);
  for (const id of [null, "", "<b>", "constructor"]) expect(periodOf(id, "24h").id).toBe("24h");
});

test("longer periods come later", () => expect(periods.map(({ seconds }) => seconds)).toEqual(periods.map(({ seconds }) => seconds).sort((a, b) => a - b)));
