import { expect, test } from "vitest";
import { kRowsShown, pageOf } from "./pageOf";

const items = Array.from({ length: kRowsShown * 2 + 1 }, (_, index) => index);

test("a page has its rows and no others", () => {
  expect(pageOf(items, 2, false).rows).toEqual(items.slice(kRowsShown, kRowsShown * 2));
  expect(pageOf(items, 3, true)).toEqual({ rows: [items.length - 1], page: 3, pages: 3, ahead: false });
});

test("the page after the last loaded one is on its way while the list is read", () => {
  expect(pageOf(items, 4, true)).toEqual({ rows: [], page: 4, pages: 3, ahead: true });
});

test("a page that did not come, or what became shorter, shows its last page", () => {
  expect(pageOf(items, 9, false)).toEqual({ rows: [items.length - 1], page: 3, pages: 3, ahead: false });
});

test("an empty list has one empty page", () => {
  expect(pageOf([], 1, false)).toEqual({ rows: [], page: 1, pages: 1, ahead: false });
});
