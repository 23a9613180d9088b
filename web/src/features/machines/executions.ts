import {
  DescribeExecutionCommand, DescribeStateMachineForExecutionCommand, GetExecutionHistoryCommand, RedriveExecutionCommand,
  StopExecutionCommand, type DescribeExecutionOutput, type ExecutionStatus, type HistoryEvent, type SFNClient,
} from "@aws-sdk/client-sfn";
import { useRef } from "react";
import { useChange, useRead, type Read } from "../../api/queries";
import type { StateWords } from "../../ui/StateText";
import { useStates } from "./machines";

export type Execution = DescribeExecutionOutput;

/** How often a running execution is looked at, while its page is to be seen. */
const kLook = 2000;
/** Of longer histories the newest are shown; an execution has 25,000 at most. */
export const kMostEvents = 5000;

/** One execution, looked at again while it runs. */
export function useExecution(executionArn: string) {
  const states = useStates();
  return useRead<Execution>(["execution", executionArn], (abortSignal) =>
    states.send(new DescribeExecutionCommand({ executionArn }), { abortSignal }), { every: (now) => (now?.status === "RUNNING" ? kLook : 0) });
}

/** The definition that the execution follows; that of its machine may be another one by now. */
export function useDefinitionOf(executionArn: string) {
  const states = useStates();
  return useRead<string>(["execution-definition", executionArn], async (abortSignal) =>
    (await states.send(new DescribeStateMachineForExecutionCommand({ executionArn }), { abortSignal })).definition ?? "");
}

/** Events after the one with the id `after`, the oldest first: read from the newest back, as far as they are new. */
async function eventsAfter(states: SFNClient, executionArn: string, after: number, abortSignal: AbortSignal): Promise<HistoryEvent[]> {
  const found: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page: { events?: HistoryEvent[] | undefined; nextToken?: string | undefined } = await states.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 500, nextToken }), { abortSignal });
    const fresh = (page.events ?? []).filter(({ id = 0 }) => id > after);
    found.push(...fresh);
    nextToken = fresh.length === (page.events ?? []).length ? page.nextToken : undefined;
  } while (nextToken && found.length < kMostEvents);
  return found.reverse();
}

/** The history of an execution; while it runs, what is new is read again and again. @param status reads on when it changes. */
export function useHistory(executionArn: string, status: ExecutionStatus | undefined): Read<HistoryEvent[]> {
  const states = useStates();
  const kept = useRef<{ of: string; events: HistoryEvent[] }>({ of: executionArn, events: [] });
  if (kept.current.of !== executionArn) kept.current = { of: executionArn, events: [] };
  const read = useRead<HistoryEvent[]>(["history", executionArn, status], async (abortSignal) => {
    const before = kept.current.events;
    const newer = await eventsAfter(states, executionArn, before.at(-1)?.id ?? 0, abortSignal);
    const events = [...before, ...newer].slice(-kMostEvents);
    kept.current = { of: executionArn, events };
    return events;
  }, { when: status !== undefined, every: status === "RUNNING" ? kLook : 0 });
  return { ...read, value: read.value ?? (kept.current.events.length > 0 ? kept.current.events : undefined) };
}

/** Stops an execution; what is said of it is the cause. */
export function useStop(executionArn: string) {
  const states = useStates();
  return useChange((cause: string) =>
    states.send(new StopExecutionCommand({ executionArn, ...(cause && { error: "Stopped", cause }) })));
}

/** Lets an execution that failed go on from where it did. */
export function useRedrive(executionArn: string) {
  const states = useStates();
  return useChange(() => states.send(new RedriveExecutionCommand({ executionArn })));
}

/** How each end of an execution is told. */
export const statusWords = {
  RUNNING: ["in-progress", "Running"],
  SUCCEEDED: ["success", "Succeeded"],
  FAILED: ["error", "Failed"],
  TIMED_OUT: ["error", "Timed out"],
  ABORTED: ["stopped", "Stopped"],
  PENDING_REDRIVE: ["pending", "Waits to go on"],
} satisfies Record<ExecutionStatus, StateWords[string]>;
