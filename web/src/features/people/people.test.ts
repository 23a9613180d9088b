import { expect, test } from "vitest";
import { attribute, beginning } from "./people";

test("what is typed stays inside the text of the filter", () => {
  expect(beginning('a" or status = "x')).toBe('username ^= "a\\" or status = \\"x"');
  expect(beginning("  ")).toBeUndefined();
});

test("an attribute that somebody lacks has no value", () => {
  expect(attribute({ Attributes: [{ Name: "email", Value: "a@b" }] }, "email")).toBe("a@b");
  expect(attribute({}, "email")).toBeUndefined();
});
