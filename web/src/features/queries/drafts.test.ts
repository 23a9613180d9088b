import { expect, test } from "vitest";
import { draftOf, noDrafts, readDrafts, startedWith, typed } from "./drafts";

const textOf = (drafts: typeof noDrafts, id: string) => draftOf(drafts, id)?.text;
const first = startedWith(typed(noDrafts, "", "SELECT 1"), "", "a", "SELECT 1");
const both = startedWith(typed(first, "a", "SELECT 2"), "a", "b", "SELECT 2");

test("each answer has the text that was asked, though the next one was typed over it", () => {
  expect(textOf(typed(first, "a", "SELECT 2"), "a")).toBe("SELECT 2");
  expect([textOf(both, "a"), textOf(both, "b")]).toEqual(["SELECT 1", "SELECT 2"]);
});

test("what is typed over one answer is not the text of another, and stays while that is changed as well", () => {
  const more = typed(both, "b", "SELECT 3");
  expect([textOf(more, "a"), textOf(more, "b")]).toEqual(["SELECT 1", "SELECT 3"]);
  expect(textOf(typed(more, "a", "SELECT 4"), "b")).toBe("SELECT 3");
});

test("where no answer shows, the last text does", () => {
  expect(textOf(both, "")).toBe("SELECT 2");
  expect(textOf(noDrafts, "")).toBeUndefined();
});

test("a query that was not started here is not known, and has its listed text again once another was started over it", () => {
  expect(draftOf(both, "c")).toBeUndefined();
  const over = typed(both, "c", "SELECT 5", true);
  expect(draftOf(over, "c")).toMatchObject({ text: "SELECT 5", cut: true });
  expect(draftOf(startedWith(over, "c", "d", "SELECT 5"), "c")).toBeUndefined();
});

test("old texts go", () => {
  let many = noDrafts;
  for (let at = 0; at < 40; at++) many = startedWith(many, "", String(at), `SELECT ${at}`);
  expect([textOf(many, "0"), textOf(many, "39")]).toEqual([undefined, "SELECT 39"]);
});

test("what was kept comes back, and anything else is no draft", () => {
  expect(readDrafts(JSON.stringify(both))).toEqual(JSON.parse(JSON.stringify(both)));
  for (const text of [null, "", "SELECT 1", "7", "{}", "[7]", '[{"of":1}]']) expect(readDrafts(text)).toEqual(noDrafts);
});
