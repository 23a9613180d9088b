import { expect, test } from "vitest";
import { curve, headOf, labelOf } from "./paths";

const points = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 20 }];

test("a line begins and ends at its points, and goes round the corner between", () =>
  expect(curve(points)).toBe("M0.0 0.0L5.0 0.0Q10.0 0.0 10.0 10.0L10.0 20.0"));

test("a head has its tip at the end and both wings behind it", () => {
  const [left, tip, right] = headOf(points).replace(/[MZ]/g, "").split("L").map((point) => point.split(" ").map(Number));
  expect(tip).toEqual([10, 20]);
  expect(left?.[1]).toBeLessThan(20);
  expect(right?.[1]).toBe(left?.[1]);
  expect((left?.[0] ?? 0) + (right?.[0] ?? 0)).toBeCloseTo(20);
});

test("of too few points nothing is drawn", () => expect([curve([]), headOf([]), headOf([{ x: 1, y: 1 }])]).toEqual(["", "", ""]));

test("a text stands on a ground as wide as it, in the middle of the arrow; long ones are shortened", () => {
  const edge = { from: "a", to: "b", text: "x".repeat(100) };
  const label = labelOf({ edge, points, at: { x: 100, y: 50 } });
  expect(label?.text).toHaveLength(30);
  expect((label?.ground.x ?? 0) + (label?.ground.width ?? 0) / 2).toBeCloseTo(100);
  expect(labelOf({ edge: { from: "a", to: "b" }, points, at: { x: 1, y: 1 } })).toBeUndefined();
});
