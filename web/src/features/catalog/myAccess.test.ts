import { expect, test } from "vitest";
import { accessByColumn, groundWords, levelWords } from "./myAccess";

test("no access is said as such", () => {
  expect(levelWords(undefined)).toBe("None");
  expect(levelWords("SELECT_SOME")).toBe("You read a part of it");
});

test("columns are found by name", () => {
  expect(accessByColumn({ Columns: [{ Name: "a", Access: "MASKED" }] }).get("a")?.Access).toBe("MASKED");
  expect(accessByColumn(undefined).size).toBe(0);
});

test("what a right rests on is told by the most telling part", () => {
  expect(groundWords({ Ground: "FILTER", Filter: "eu" })).toBe("the data filter eu");
  expect(groundWords({ Ground: "GRANT" })).toBe("a grant");
});
