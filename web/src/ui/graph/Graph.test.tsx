// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Drawing } from "./drawing";
import { Graph } from "./Graph";

afterEach(cleanup);

const drawing: Drawing = {
  nodes: [{ id: "start", title: "Start", says: "Start", pill: true }, { id: "a", title: "Look", says: "Look, Choice" }, { id: "b", title: "Done", says: "Done, Succeed" }],
  edges: [{ from: "start", to: "a" }, { from: "a", to: "b", text: "else", says: "else to Done" }],
};
const box = (id: string) => document.querySelector(`[data-box=${id}]`) as HTMLElement;
const stops = () => screen.getAllByRole("button").filter((each) => each.getAttribute("tabindex") === "0").map((each) => each.dataset["box"]);

test("boxes are one stop of the Tab key, arrows lead from one to the next, Enter and a click choose", () => {
  const choose = vi.fn();
  render(<Graph name="States" drawing={drawing} onSelect={choose} />);
  expect(stops()).toEqual(["a"]);
  box("a").focus();
  for (const key of ["ArrowUp", "ArrowDown", "ArrowRight"]) fireEvent.keyDown(document.activeElement as Element, { key });
  expect(document.activeElement).toBe(box("b"));
  fireEvent.keyDown(document.activeElement as Element, { key: "Enter" });
  fireEvent.click(box("a"));
  expect(choose.mock.calls).toEqual([["b"], ["a"]]);
});

test("what is selected is the stop, and one that is gone is not", () => {
  const { rerender } = render(<Graph name="States" drawing={drawing} selected="b" onSelect={() => undefined} />);
  expect(stops()).toEqual(["b"]);
  expect(box("b").getAttribute("aria-pressed")).toBe("true");
  rerender(<Graph name="States" drawing={drawing} selected="gone" onSelect={() => undefined} />);
  expect(stops()).toEqual(["a"]);
});

test("a picture of which nothing is chosen says all of it as words", () => {
  render(<Graph name="Lineage" drawing={drawing} />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Lineage: Start; Look, Choice; Done, Succeed; else to Done");
  expect(screen.queryAllByRole("button")).toEqual([]);
});
