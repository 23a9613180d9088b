import { expect, test } from "vitest";
import { noDrafts, readDrafts, startedWith, textOf, typed } from "./drafts";

const both = startedWith(startedWith(noDrafts, "a", "SELECT 1"), "b", "SELECT 2");

test("each answer has the text that was asked", () => {
  expect([textOf(both, "a"), textOf(both, "b")]).toEqual(["SELECT 1", "SELECT 2"]);
});

test("what is typed over one answer is not the text of another", () => {
  const more = typed(both, "b", "SELECT 3");
  expect([textOf(more, "a"), textOf(more, "b")]).toEqual(["SELECT 1", "SELECT 3"]);
  expect(textOf(startedWith(more, "c", "SELECT 3"), "b")).toBe("SELECT 2");
});

test("where no answer shows, the last text does", () => {
  expect(textOf(both, "")).toBe("SELECT 2");
  expect(textOf(noDrafts, "")).toBe("");
});

test("a query that was not started here is not known", () => expect(textOf(both, "c")).toBeUndefined());

test("old texts go", () => {
  let many = noDrafts;
  for (let at = 0; at < 40; at++) many = startedWith(many, String(at), `SELECT ${at}`);
  expect([textOf(many, "0"), textOf(many, "39")]).toEqual([undefined, "SELECT 39"]);
});

test("what was kept comes back, and anything else is no draft", () => {
  expect(readDrafts(JSON.stringify(both))).toEqual(both);
  for (const kept of [null, "", "SELECT 1", "7", "{}"]) expect(readDrafts(kept)).toEqual(noDrafts);
});
