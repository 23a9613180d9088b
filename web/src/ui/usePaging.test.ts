// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { kRowsShown } from "./pageOf";
import { usePaging } from "./usePaging";

const rows = (pages: number) => Array.from({ length: pages * kRowsShown }, (_, index) => index);

/** A list of so many pages of which there is more, and `is`, which makes it another. */
function list(pages: number) {
  const more = vi.fn();
  const { result, rerender } = renderHook(
    ({ count, loadingMore, begin }) => usePaging(rows(count), { more, loadingMore }, begin),
    { initialProps: { count: pages, loadingMore: false, begin: "" } });
  const turn = (to: number) => act(() => result.current.turn(to));
  const is = (count: number, loadingMore = false, begin = "") => rerender({ count, loadingMore, begin });
  return { more, turn, is, shown: () => result.current.shown };
}

test("the next page is asked for, and shows when it is there", () => {
  const { more, turn, is, shown } = list(1);
  turn(2);
  is(1, true);
  expect([more.mock.calls.length, shown().ahead]).toEqual([1, true]);
  is(2);
  expect(shown()).toMatchObject({ page: 2, ahead: false });
  expect(shown().rows[0]).toBe(kRowsShown);
});

test("turning twice before the page is there leads no further than to it", () => {
  const { turn, is, shown } = list(1);
  turn(2);
  is(1, true);
  turn(3);
  is(2);
  expect(shown()).toMatchObject({ page: 2, pages: 2, ahead: false });
});

test("a page that failed or added nothing leaves the last one, and can be asked for again", () => {
  const { more, turn, is, shown } = list(1);
  turn(2);
  is(1, true);
  is(1);
  expect(shown()).toMatchObject({ page: 1, ahead: false });
  expect(shown().rows).toHaveLength(kRowsShown);
  turn(2);
  expect(more).toHaveBeenCalledTimes(2);
});

test("a page that comes after it failed moves nobody", () => {
  const { turn, is, shown } = list(1);
  turn(2);
  is(1, true);
  is(1); // it failed
  is(1, true); // and is asked for by what stands beside the list
  expect(shown()).toMatchObject({ page: 1, ahead: false });
  is(2);
  expect(shown()).toMatchObject({ page: 1, pages: 2 });
  turn(2);
  expect(shown()).toMatchObject({ page: 2, ahead: false });
});

test("who was left with fewer pages stays there when there are more again", () => {
  const { turn, is, shown } = list(3);
  turn(3);
  is(2);
  expect(shown().page).toBe(2);
  is(3);
  expect(shown().page).toBe(2);
});

test("a list that is sorted or filtered another way begins anew", () => {
  const { turn, is, shown } = list(3);
  turn(3);
  is(3, false, "name");
  expect(shown().page).toBe(1);
});
