import { expect, test } from "vitest";
import { faultIn, quotedName, tookOf } from "./queries";

test("any name stays a name in SQL", () => {
  expect(quotedName('a"; DROP TABLE b; --')).toBe('"a""; DROP TABLE b; --"');
});

test("a denial leads to its explanation", () => {
  expect(faultIn({ Code: "AccessDeniedException", Message: "No.", DecisionId: "d-1" })).toEqual({ code: "AccessDeniedException", message: "No.", decisionId: "d-1" });
  expect(faultIn(undefined)).toBeUndefined();
});

test("what is short is told in milliseconds", () => {
  expect(tookOf({ StartedAt: 10, EndedAt: 10.25 })).toBe("250 ms");
  expect(tookOf({ StartedAt: 10, EndedAt: 12.34 })).toBe("2.3 s");
  expect(tookOf({ StartedAt: 10 })).toBe("");
});
