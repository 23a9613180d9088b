import { expect, test } from "vitest";
import { csvOf, defused } from "./csv";

test("what a spreadsheet would run is text", () => {
  for (const text of ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]) expect(defused(text)).toBe(`'${text}`);
});

test("numbers stay numbers, and other text as it is", () => {
  for (const text of ["-5", "+1.5e-3", "a=b", "", "1-2"]) expect(defused(text)).toBe(text);
});

test("quotation marks and lines stay inside their cell", () => {
  expect(csvOf(["a"], [['say "hi",\nthen go']])).toBe('"a"\r\n"say ""hi"",\nthen go"\r\n');
});

test("NULL is told from empty text", () => {
  expect(csvOf(["a", "b"], [[undefined, ""]])).toBe('"a","b"\r\n,""\r\n');
});

test("names of columns are defused too", () => {
  expect(csvOf(["=a"], [])).toBe("\"'=a\"\r\n");
});
