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
 * The rows of the table that a filter lets stay, in SQL. The condition is on lines of its own, so that a comment in it ends.
 * It is the person's own text and runs with the person's own rights: what it could do, the SQL page does, too.
 */
export function previewSql({ DatabaseName = "", TableName = "", ColumnNames = [], RowFilter }: DataCellsFilter): string {
  const columns = ColumnNames.length > 0 ? ColumnNames.map(quotedName).join(", ") : "*";
  const condition = RowFilter?.FilterExpression;
  return `SELECT ${columns} FROM ${quotedName(DatabaseName)}.${quotedName(TableName)}${condition ? `\nWHERE (\n${condition}\n)` : ""}\nLIMIT ${kPreviewRows}`;
}

/** Waits for the answer of a query; leaves it cancelled when nobody waits any more. */
async function answerTo(weir: WeirCall, QueryId: string, abort: AbortSignal): Promise<Answer> {
  const cancel = () => void weir("CancelQuery", { QueryId }).catch(() => undefined); // it may have ended meanwhile
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

/** The first rows that a filter lets stay, read with the person's own rights; asked anew when the filter stands still. */
export function useRowPreview(filter: DataCellsFilter): Read<Answer> {
  const weir = weirOf(useSession());
  const sql = useSettled(previewSql(filter));
  return useRead(["row-preview", sql], async (abort) => {
    const { QueryId = "" } = await weir("StartQuery", { Sql: sql, MaxRows: kPreviewRows }, abort);
    return answerTo(weir, QueryId, abort);
  }, { momentary: true });
}
