// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useLasting } from "./useLasting";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });
const wait = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

test("what is so lasts after a time, and begins anew the next time", () => {
  const { result, rerender } = renderHook(({ so }) => useLasting(so, 5000), { initialProps: { so: true } });
  wait(4999);
  expect(result.current).toBe(false);
  wait(1);
  expect(result.current).toBe(true);
  rerender({ so: false });
  expect(result.current).toBe(false);
  rerender({ so: true });
  expect(result.current).toBe(false);
  wait(5000);
  expect(result.current).toBe(true);
});
