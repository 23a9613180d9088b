import { weirOf } from "../../api/clients";
import { useRead, type Read } from "../../api/queries";
import type { WeirCall } from "../../api/weir";
import { useSession } from "../../signin/useSession";
import { useSettled } from "../../ui/settled";
import { hasEnded, quotedName, type Answer } from "../queries/queries";
import type { DataCellsFilter } from "./filters";

/** How many rows a preview shows. */
export const kPreviewRows = 20;

/**
 * Where the rows are that a filter lets stay, in SQL. The condition is on lines of its own, so that a comment in it ends.
 * It is the person's own text and runs with the person's own rights: what it could do, the SQL page does, too.
 */
function staying({ DatabaseName = "", TableName = "", RowFilter }: DataCellsFilter): string {
  const condition = RowFilter?.FilterExpression;
  return `FROM ${quotedName(DatabaseName)}.${quotedName(TableName)}${condition ? `\nWHERE (\n${condition}\n)` : ""}`;
}

/** The first rows that a filter lets stay, in SQL. */
export function previewSql(filter: DataCellsFilter): string {
  const { ColumnNames = [] } = filter;
  const columns = ColumnNames.length > 0 ? ColumnNames.map(quotedName).join(", ") : "*";
  return `SELECT ${columns} ${staying(filter)}\nLIMIT ${kPreviewRows}`;
}

/** How many rows a filter lets stay, in SQL. */
export const countSql = (filter: DataCellsFilter): string => `SELECT count(*) ${staying(filter)}`;

/**
 * Runs a query and waits for its answer; leaves it cancelled when nobody waits any more. It is started without the signal: only who has
 * its id can cancel it.
 */
export async function answerTo(weir: WeirCall, Sql: string, abort: AbortSignal): Promise<Answer> {
  abort.throwIfAborted();
  const { QueryId = "" } = await weir("StartQuery", { Sql, MaxRows: kPreviewRows });
  return answerOf(weir, QueryId, abort);
}

async function answerOf(weir: WeirCall, QueryId: string, abort: AbortSignal): Promise<Answer> {
  const cancel = () => void weir("CancelQuery", { QueryId }).catch(() => undefined); // it may have ended meanwhile
  if (abort.aborted) cancel();
  abort.throwIfAborted();
  abort.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const answer = await weir("GetQueryResults", { QueryId, WaitSeconds: 10, MaxResults: kPreviewRows }, abort);
      if (hasEnded(answer.State)) return answer;
    }
  } finally {
    abort.removeEventListener("abort", cancel);
  }
}

/** What SQL about a filter answers, read with the person's own rights; asked anew when the filter stands still. `when` false waits. */
function useAnswerAbout(filterSql: string, when: boolean): Read<Answer> {
  const weir = weirOf(useSession());
  const sql = useSettled(filterSql);
  return useRead(["row-preview", sql], (abort) => answerTo(weir, sql, abort), { when, momentary: true });
}

/** The first rows that a filter lets stay. */
export const useRowPreview = (filter: DataCellsFilter): Read<Answer> => useAnswerAbout(previewSql(filter), true);

/** How many rows a filter lets stay: asked when the first rows are not all of them. */
export const useRowCount = (filter: DataCellsFilter, shown: number): Read<Answer> =>
  useAnswerAbout(countSql(filter), shown === kPreviewRows);

/** What is said of rows that show: the first of how many. @param count without one, there is none yet, or none to be had */
export function countText(shown: number, count: string | undefined): string {
  if (shown < kPreviewRows) return `${rowsText(shown)}, of what you may see yourself.`;
  return `${count === undefined ? `The first ${shown}` : `${shown} of ${rowsText(Number(count))}`}, of what you may see yourself.`;
}

const rowsText = (count: number): string => `${count.toLocaleString()} ${count === 1 ? "row" : "rows"}`;
