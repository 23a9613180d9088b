// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useLeaving } from "./useLeaving";

const pointer = (event: string) => act(() => { document.dispatchEvent(new Event(event)); });

test("who leaves by the keyboard has left at once", () => {
  const leave = vi.fn();
  const { result } = renderHook(() => useLeaving(leave));
  result.current();
  expect(leave).toHaveBeenCalledOnce();
});

test.each(["pointerup", "pointercancel"])("who presses something else has left with the %s", (ends) => {
  const leave = vi.fn();
  const { result } = renderHook(() => useLeaving(leave));
  pointer("pointerdown");
  result.current();
  expect(leave).not.toHaveBeenCalled();
  pointer(ends);
  pointer(ends);
  expect(leave).toHaveBeenCalledOnce();
});
