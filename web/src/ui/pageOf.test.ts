import { expect, test } from "vitest";
import { kRowsShown, pageOf } from "./pageOf";

const items = Array.from({ length: kRowsShown * 2 + 1 }, (_, index) => index);

test("a page has its rows and no others", () => {
  expect(pageOf(items, 2, false).rows).toEqual(items.slice(kRowsShown, kRowsShown * 2));
  expect(pageOf(items, 3, true)).toEqual({ rows: [items.length - 1], pages: 3, ahead: false });
});

test("the page after the last loaded one is on its way while there is more", () => {
  expect(pageOf(items, 4, true)).toEqual({ rows: [], pages: 3, ahead: true });
});

test("what became shorter shows its last page", () => {
  expect(pageOf(items, 9, false).rows).toEqual([items.length - 1]);
});

test("an empty list has one empty page", () => {
  expect(pageOf([], 1, false)).toEqual({ rows: [], pages: 1, ahead: false });
});
