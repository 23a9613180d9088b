import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { foldHistory, standingOf } from "./history";

/** Lines as `id previous Type name`, as executions of the server wrote them. */
const events = (text: string): HistoryEvent[] =>
  text.trim().split("\n").map((line) => {
    const [id, previousEventId, type = "", name] = line.trim().split(" ");
    const details = type.endsWith("Entered") ? { stateEnteredEventDetails: { name, input: `in ${id}` } }
      : type.endsWith("Exited") ? { stateExitedEventDetails: { name, output: `out ${id}` } }
      : type.startsWith("MapIteration") ? { mapIterationStartedEventDetails: { index: Number(name) } }
      : type === "TaskFailed" ? { taskFailedEventDetails: { error: name } }
      : type === "ExecutionFailed" ? { executionFailedEventDetails: { error: name } }
      : {};
    return { id: Number(id), previousEventId: Number(previousEventId), type, timestamp: new Date(0), ...details } as HistoryEvent;
  });
const told = (text: string) => foldHistory(events(text)).visits.map(({ name, item, status, error }) => [name, item, status, error].filter((part) => part !== undefined).join(" "));

const caught = `1 0 ExecutionStarted
2 0 TaskStateEntered A
3 2 TaskScheduled
4 3 TaskStarted
5 4 TaskFailed Broken
6 5 TaskScheduled
7 6 TaskStarted
8 7 TaskFailed Broken
9 8 TaskStateExited A
10 9 PassStateEntered B
11 10 PassStateExited B
12 11 FailStateEntered C
13 12 ExecutionFailed E`;

const nested = `1 0 ExecutionStarted
2 0 MapStateEntered M
3 2 MapStateStarted
4 3 MapIterationStarted 0
5 3 MapIterationStarted 1
6 4 PassStateEntered In
7 6 PassStateExited In
8 5 PassStateEntered In
9 8 PassStateExited In
10 7 ParallelStateEntered P
11 10 ParallelStateStarted
12 9 ParallelStateEntered P
13 12 ParallelStateStarted
14 11 PassStateEntered X
15 14 PassStateExited X
16 15 ParallelStateSucceeded
17 16 ParallelStateExited P
18 17 MapIterationSucceeded 0
19 13 PassStateEntered X
20 19 PassStateExited X
21 20 ParallelStateSucceeded
22 21 ParallelStateExited P
23 22 MapIterationSucceeded 1
24 23 MapStateSucceeded
25 24 MapStateExited M
26 25 PassStateEntered After
27 26 PassStateExited After
28 27 ExecutionSucceeded`;

describe("foldHistory", () => {
  it("counts attempts, and tells what was caught from what failed", () => {
    expect(told(caught)).toEqual(["A CAUGHT Broken", "B SUCCEEDED", "C FAILED E"]);
    expect(foldHistory(events(caught)).visits[0]).toMatchObject({ attempts: 2, input: "in 2", output: "out 9" });
  });

  it("gives each item of a Map its own visits, also inside of frames, and knows the ways that were gone", () => {
    expect(told(nested)).toEqual(["M SUCCEEDED", "In 0 SUCCEEDED", "In 1 SUCCEEDED", "P 0 SUCCEEDED", "P 1 SUCCEEDED", "X 0 SUCCEEDED", "X 1 SUCCEEDED", "After SUCCEEDED"]);
    expect([...foldHistory(events(nested)).taken].sort()).toEqual(["In P", "M After"]);
  });

  it("fails the branch that failed, stops the other, and calls the frame caught when it goes on", () => {
    expect(told(`1 0 ExecutionStarted
2 0 ParallelStateEntered P
3 2 ParallelStateStarted
4 3 TaskStateEntered X
5 4 TaskScheduled
6 3 WaitStateEntered Y
7 5 TaskStarted
8 7 TaskFailed Broken
9 6 WaitStateAborted
10 8 ParallelStateFailed
11 10 ParallelStateExited P
12 11 PassStateEntered After`)).toEqual(["P CAUGHT Broken", "X FAILED Broken", "Y STOPPED", "After RUNNING"]);
  });

  it("fails a Map with its item when nobody tolerates it", () => {
    expect(told(`1 0 ExecutionStarted
2 0 MapStateEntered M
3 2 MapStateStarted
4 3 MapIterationStarted 0
5 3 MapIterationStarted 1
6 4 TaskStateEntered X
7 6 TaskScheduled
8 5 TaskStateEntered X
9 8 TaskScheduled
10 7 TaskStarted
11 10 TaskFailed Broken
12 11 MapIterationFailed 0
13 9 TaskStateAborted
14 13 MapIterationAborted 1
15 12 MapStateFailed
16 15 ExecutionFailed Broken`)).toEqual(["M FAILED Broken", "X 0 FAILED Broken", "X 1 STOPPED"]);
  });

  it("stops what was open when the execution was stopped", () => {
    expect(told("1 0 ExecutionStarted\n2 0 WaitStateEntered W\n3 2 WaitStateAborted\n4 3 ExecutionAborted")).toEqual(["W STOPPED"]);
    expect(told("1 0 ExecutionStarted\n2 0 WaitStateEntered W\n3 2 ExecutionTimedOut")).toEqual(["W STOPPED"]);
  });

  it("takes a history whose beginning is missing", () => {
    expect(told(caught.split("\n").slice(4).join("\n"))).toEqual(["B SUCCEEDED", "C FAILED E"]);
  });
});

describe("standingOf", () => {
  it("is the newest visit's, and of items the worst", () => {
    const [broken, well] = foldHistory(events(caught)).visits;
    expect(standingOf([broken!, well!])).toBe("SUCCEEDED");
    expect(standingOf([{ ...broken!, item: 0 }, { ...well!, item: 1 }])).toBe("CAUGHT");
    expect(standingOf([])).toBeUndefined();
  });
});
