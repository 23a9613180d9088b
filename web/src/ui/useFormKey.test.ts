// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useFormKey } from "./useFormKey";

test("a form begins anew when the address changes, unless the form changed it", () => {
  const { result, rerender } = renderHook(({ question }) => useFormKey(question), { initialProps: { question: "a" } });
  const key = () => result.current[0];
  act(() => result.current[1]("b"));
  rerender({ question: "b" });
  expect(key()).toBe(0);
  rerender({ question: "a" }); // back
  expect(key()).toBe(1);
  rerender({ question: "b" }); // and forth: nobody has told this
  expect(key()).toBe(2);
});
