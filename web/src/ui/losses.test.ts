// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { lossesNow, useLosses } from "./losses";

test("what would be lost is known while it would be", () => {
  const first = renderHook(({ loses }: { loses: string | undefined }) => useLosses(loses), { initialProps: { loses: undefined as string | undefined } });
  const second = renderHook(() => useLosses("Your drawing is lost."));
  expect(lossesNow()).toBe("Your drawing is lost.");
  first.rerender({ loses: "Your text is lost." });
  second.unmount();
  expect(lossesNow()).toBe("Your text is lost.");
  first.rerender({ loses: undefined });
  expect(lossesNow()).toBeUndefined();
});
