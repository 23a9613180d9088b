import { describe, expect, it } from "vitest";
import type { Drawing } from "./drawing";
import { layoutOf, type Placed } from "./layout";

const node = (id: string, inside?: string) => ({ id, title: id, says: id, inside });
const placed = (drawing: Drawing) => new Map(layoutOf(drawing).nodes.map((one) => [one.node.id, one]));
const within = (inner: Placed, outer: Placed) =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

describe("layoutOf", () => {
  it("puts what follows below, or to the right", () => {
    const drawing = { nodes: [node("a"), node("b")], edges: [{ from: "a", to: "b" }] };
    expect(placed(drawing).get("b")!.y).toBeGreaterThan(placed(drawing).get("a")!.y);
    const across = { ...drawing, across: true };
    expect(placed(across).get("b")!.x).toBeGreaterThan(placed(across).get("a")!.x);
  });

  it("keeps everything inside of its frame, however deep", () => {
    const found = placed({
      nodes: [node("all"), node("branch", "all"), node("one", "branch"), node("two", "branch"), node("after")],
      edges: [{ from: "one", to: "two" }, { from: "all", to: "after" }],
    });
    for (const [inner, outer] of [["one", "branch"], ["two", "branch"], ["branch", "all"]] as const)
      expect(within(found.get(inner)!, found.get(outer)!)).toBe(true);
    expect(within(found.get("after")!, found.get("all")!)).toBe(false);
  });

  it("draws loops, several arrows between two, and none to what is not there", () => {
    const { edges } = layoutOf({
      nodes: [node("a"), node("b")],
      edges: [{ from: "a", to: "b", text: "x" }, { from: "a", to: "b", text: "y" }, { from: "b", to: "a" }, { from: "a", to: "a" }, { from: "a", to: "nowhere" }],
    });
    expect(edges.map(({ edge }) => edge.to)).toEqual(["b", "b", "a", "a"]);
    expect(edges.every(({ points }) => points.length > 1)).toBe(true);
  });

  it("is empty for nothing", () => expect(layoutOf({ nodes: [], edges: [] }).nodes).toEqual([]));
});
