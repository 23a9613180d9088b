import { usePages, useChange, useRead } from "../../api/queries";
import type { Fault } from "../../api/errors";
import { weirOf } from "../../api/clients";
import type { GetQueryResultsResponse, QuerySummary } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type Answer = GetQueryResultsResponse;
export type { QuerySummary };

/** Where the tables of a query are that are named without a database. */
export interface Where {
  database?: string | undefined;
  catalog?: string | undefined;
}

/** Whether a query has ended, in whatever way. */
export function hasEnded(state: Answer["State"]): boolean {
  switch (state) {
    case "QUEUED": case "RUNNING": return false;
    case "SUCCEEDED": case "FAILED": case "CANCELLED": case undefined: return true;
  }
}

/** Starts a query; its id is where the answer will be. */
export function useStartQuery() {
  const weir = weirOf(useSession());
  return useChange(async ({ sql, where }: { sql: string; where: Where }) => {
    const { QueryId } = await weir("StartQuery", {
      Sql: sql, ...(where.database && { Database: where.database }), ...(where.catalog && { CatalogId: where.catalog }),
    });
    return QueryId ?? "";
  }, ["queries"]);
}

/** Ends a query that waits or runs. */
export function useCancelQuery() {
  const weir = weirOf(useSession());
  return useChange((id: string) => weir("CancelQuery", { QueryId: id }), ["queries"]);
}

/** Pages of a query's answer; the first one comes when the query has ended. None for no id. */
export function useAnswer(id: string) {
  const weir = weirOf(useSession());
  return usePages<Answer>(["query", id], async (token, abort) => {
    for (;;) {
      const answer = await weir("GetQueryResults", { QueryId: id, MaxResults: 200, WaitSeconds: 10, ...(token && { NextToken: token }) }, abort);
      if (hasEnded(answer.State)) return { items: [answer], next: answer.NextToken };
    }
  }, { when: id !== "" });
}

/** The person's own queries that the server still keeps, the newest first. */
export function useMyQueries({ when = true }: { when?: boolean } = {}) {
  const weir = weirOf(useSession());
  return useRead<QuerySummary[]>(["queries"], async (abort) => (await weir("ListQueries", {}, abort)).Queries ?? [], { when });
}

/** Why a query failed, as every other failure is told. */
export const faultIn = (error: Answer["Error"]): Fault | undefined =>
  error && { code: error.Code ?? "Failed", message: error.Message ?? "The query failed.", ...(error.DecisionId && { decisionId: error.DecisionId }) };

/** A name as SQL takes any name. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** How long it took, in the unit that people would choose; nothing while it runs. */
export function tookOf({ StartedAt, EndedAt }: { StartedAt?: number; EndedAt?: number }): string {
  if (StartedAt === undefined || EndedAt === undefined) return "";
  const seconds = Math.max(0, EndedAt - StartedAt);
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}
