import type { AccessMatrixRow, GetAccessMatrixResponse } from "../../api/weir.gen";
import { weirOf } from "../../api/clients";
import { usePages } from "../../api/queries";
import { useSession } from "../../signin/useSession";

export type Level = NonNullable<AccessMatrixRow["Levels"]>[number];
export type { AccessMatrixRow };

/** How much somebody has of a table: in a letter for the cell, in words for everybody else, and how dark it is. */
export const levels: Record<Level, { sign: string; words: string }> = {
  NONE: { sign: "", words: "nothing" },
  DESCRIBE: { sign: "d", words: "may describe it, and reads no data" },
  SELECT_SOME: { sign: "r", words: "reads some columns, rows or fields" },
  SELECT: { sign: "R", words: "reads everything" },
  WRITE: { sign: "W", words: "writes" },
  SUPER: { sign: "A", words: "may do all" },
};
/** Their names, the least first. */
export const levelNames = Object.keys(levels) as Level[];

/** The permission whose explanation says why a cell is as it is. */
export const permissionOf = (level: Level): string =>
  level === "WRITE" ? "INSERT" : level === "DESCRIBE" ? "DESCRIBE" : "SELECT";

/** Principals by tables of a database, fifty principals at a time; `tablesFrom` goes on to further tables. */
export function useMatrix(DatabaseName: string, TablesNextToken: string | undefined) {
  const weir = weirOf(useSession());
  return usePages<GetAccessMatrixResponse>(["matrix", DatabaseName, TablesNextToken], async (NextToken, abort) => {
    const page = await weir("GetAccessMatrix", {
      DatabaseName, MaxResults: 50, ...(NextToken && { NextToken }), ...(TablesNextToken && { TablesNextToken }),
    }, abort);
    return { items: [page], next: page.NextToken };
  }, { when: DatabaseName !== "" });
}
