// The history of an execution, folded into what happened to each state. The server tells the events; nothing is guessed:
// an event belongs to the state that its chain of previous events leads to.

import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { Tone } from "../../ui/graph/drawing";

export type VisitStatus = "RUNNING" | "SUCCEEDED" | "CAUGHT" | "FAILED" | "STOPPED";

/** One time that a state was entered. */
export interface Visit {
  name: string;
  /** Of the event that entered it. */
  id: number;
  kind: string;
  status: VisitStatus;
  entered: Date | undefined;
  left: Date | undefined;
  input: string | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** How often its work was begun. */
  attempts: number;
  /** Of a state inside of a Map: which item. */
  item: number | undefined;
}

export interface Folded {
  visits: Visit[];
  /** Ways that were gone, as `from to` of state names. */
  taken: Set<string>;
  /** The visit that an event belongs to. */
  visitOf: Map<number, Visit>;
}

interface Details {
  name?: string;
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  index?: number;
}

/** The details of an event, whatever its type calls them. */
export function detailsOf(event: HistoryEvent): Details {
  const found = Object.entries(event).find(([name, value]) => name.endsWith("EventDetails") && value !== undefined);
  return (found?.[1] ?? {}) as Details;
}

const begins = /^(Task|Activity|LambdaFunction)Scheduled$/;
const fails = /(Failed|TimedOut)$/;

/** Folds one event after the other; a class because each step needs what the earlier ones found. */
class Folding {
  readonly out: Folded = { visits: [], taken: new Set(), visitOf: new Map() };
  private readonly events = new Map<number, HistoryEvent>();

  fold(event: HistoryEvent): void {
    const type = event.type ?? "";
    this.events.set(event.id ?? 0, event);
    if (type.endsWith("StateEntered")) return this.enter(event, type);
    const visit = this.ownerOf(event, type);
    if (visit) this.out.visitOf.set(event.id ?? 0, visit);
    if (/^Execution(Failed|TimedOut|Aborted)$/.test(type)) this.endExecution(event, type, visit);
    else if (/^(MapState|MapIteration|ParallelState)Failed$/.test(type)) this.failFrame(event, type, visit);
    else if (type.endsWith("StateExited")) leave(event, visit);
    else if (visit) happened(visit, event, type);
  }

  /** Walks back from an event to the first visit that passes. */
  private back(event: HistoryEvent, passes: (visit: Visit) => boolean): Visit | undefined {
    for (let at = this.before(event); at; at = this.before(at)) {
      const visit = this.out.visitOf.get(at.id ?? 0);
      if (visit && passes(visit)) return visit;
    }
    return undefined;
  }

  private before(event: HistoryEvent): HistoryEvent | undefined {
    return this.events.get(event.previousEventId ?? 0);
  }

  private ownerOf(event: HistoryEvent, type: string): Visit | undefined {
    const open = ({ status }: Visit) => status === "RUNNING";
    const { name } = detailsOf(event);
    if (type.endsWith("StateExited")) return this.back(event, (visit) => open(visit) && visit.name === name);
    const frame = /^(Map|Parallel)(State|Iteration)/.exec(type)?.[1];
    return this.back(event, (visit) => open(visit) && (!frame || visit.kind === frame));
  }

  private enter(event: HistoryEvent, type: string): void {
    const { name = "", input } = detailsOf(event);
    const before = this.before(event);
    const from = this.out.visitOf.get(before?.id ?? 0);
    if (from && before?.type?.endsWith("StateExited")) this.out.taken.add(`${from.name} ${name}`);
    const item = before?.type === "MapIterationStarted" ? detailsOf(before).index : from?.item;
    const visit: Visit = {
      name, id: event.id ?? 0, kind: type.replace("StateEntered", ""), status: "RUNNING", entered: event.timestamp, left: undefined,
      input, output: undefined, error: undefined, cause: undefined, attempts: 0, item,
    };
    this.out.visits.push(visit);
    this.out.visitOf.set(visit.id, visit);
  }

  /** What stands inside of a frame ended it by failing; a Map may tolerate that one of its items did. */
  private failFrame(event: HistoryEvent, type: string, frame: Visit | undefined): void {
    const inner = this.back(event, (visit) => visit !== frame);
    if (inner?.status === "RUNNING") Object.assign(inner, { status: "FAILED", left: event.timestamp });
    if (!frame || type.startsWith("MapIteration")) return;
    frame.error = detailsOf(event).error ?? inner?.error ?? "Failed";
    frame.cause = detailsOf(event).cause ?? inner?.cause;
  }

  /** The execution ended before what was open could: the state it ended in failed, the others were stopped. */
  private endExecution(event: HistoryEvent, type: string, last: Visit | undefined): void {
    const failed = type === "ExecutionFailed";
    for (const visit of this.out.visits.filter(({ status }) => status === "RUNNING")) {
      visit.status = failed && (visit === last || visit.error !== undefined) ? "FAILED" : "STOPPED";
      visit.left = event.timestamp;
    }
    if (!failed || !last) return;
    last.error ??= detailsOf(event).error;
    last.cause ??= detailsOf(event).cause;
  }
}

function leave(event: HistoryEvent, visit: Visit | undefined): void {
  if (!visit) return;
  visit.status = visit.error === undefined ? "SUCCEEDED" : "CAUGHT";
  visit.left = event.timestamp;
  visit.output = detailsOf(event).output;
}

function happened(visit: Visit, event: HistoryEvent, type: string): void {
  const { error, cause } = detailsOf(event);
  if (begins.test(type)) {
    visit.attempts++;
    visit.error = visit.cause = undefined;
  } else if (fails.test(type)) {
    visit.error = error ?? visit.error ?? (type.endsWith("TimedOut") ? "States.Timeout" : "Failed");
    visit.cause = cause ?? visit.cause;
  } else if (type.endsWith("StateAborted")) {
    visit.status = "STOPPED";
    visit.left = event.timestamp;
  }
}

/** Folds a history, the oldest event first. */
export function foldHistory(events: HistoryEvent[]): Folded {
  const folding = new Folding();
  for (const event of events) folding.fold(event);
  return folding.out;
}

export const visitTones: Record<VisitStatus, Tone> = {
  RUNNING: "going", SUCCEEDED: "good", CAUGHT: "warned", FAILED: "bad", STOPPED: "idle",
};
export const visitWords: Record<VisitStatus, string> = {
  RUNNING: "running", SUCCEEDED: "succeeded", CAUGHT: "failed, and the failure was caught", FAILED: "failed", STOPPED: "stopped",
};
const order: VisitStatus[] = ["RUNNING", "FAILED", "STOPPED", "CAUGHT", "SUCCEEDED"];

/** How a state stands whose visits are these: what runs goes before what failed, that before what went well. */
export function standingOf(visits: Visit[]): VisitStatus | undefined {
  const newest = visits.some(({ item }) => item !== undefined) ? visits : visits.slice(-1);
  return order.find((status) => newest.some((visit) => visit.status === status));
}
