import { expect, test } from "vitest";
import { drawingOf } from "./asl";
import { foldHistory } from "./history";
import { painted } from "./painted";

const drawing = drawingOf(JSON.stringify({
  StartAt: "A/States/x",
  States: { "A/States/x": { Type: "Pass", Next: "B" }, B: { Type: "Wait", Seconds: 9, Next: "C" }, C: { Type: "Succeed" } },
}))!;
const at = (seconds: number) => new Date(seconds * 1000);
const folded = foldHistory([
  { id: 1, previousEventId: 0, type: "PassStateEntered", timestamp: at(0), stateEnteredEventDetails: { name: "B" } },
  { id: 2, previousEventId: 1, type: "PassStateExited", timestamp: at(61), stateExitedEventDetails: { name: "B" } },
  { id: 3, previousEventId: 2, type: "SucceedStateEntered", timestamp: at(61), stateEnteredEventDetails: { name: "C" } },
]);

test("states have the colour of what happened, ways that were gone stand out", () => {
  const { nodes, edges } = painted(drawing, folded);
  expect(nodes.map(({ title, tone, note }) => [title, tone, note?.split(" ")[0]])).toEqual([
    ["Start", undefined, undefined], ["A/States/x", "idle", "Pass"], ["B", "good", "1"], ["C", "going", "since"], ["End", undefined, undefined],
  ]);
  expect(edges.filter(({ tone }) => tone === "good").map(({ from, to }) => [from, to])).toEqual([["/States/B", "/States/C"]]);
});
