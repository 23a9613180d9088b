import { weirOf } from "../../api/clients";
import { useRead, useReads } from "../../api/queries";
import type { GetMyAccessResponse, MyColumn, MyGrant } from "../../api/weir.gen";
import { useSession } from "../../signin/useSession";

export type MyAccess = GetMyAccessResponse;
export type ColumnAccess = NonNullable<MyColumn["Access"]>;

/** What the person may do with a table, column by column. */
export function useMyAccess(database: string, table: string, catalog?: string) {
  const weir = weirOf(useSession());
  return useRead<MyAccess>(["my-access", database, table, catalog], (abort) =>
    weir("GetMyAccess", { DatabaseName: database, TableName: table, ...(catalog && { CatalogId: catalog }) }, abort));
}

const kAtOnce = 100; // names that one BatchGetMyAccess takes

const inParts = (names: string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / kAtOnce) }, (_, at) => names.slice(at * kAtOnce, (at + 1) * kAtOnce));

/** How much the person may do with each table of a list; absent while it is asked, and where it cannot be told. */
export function useMyLevels(database: string, tables: string[], catalog?: string): Map<string, MyAccess["Level"]> {
  const weir = weirOf(useSession());
  const answers = useReads(inParts(tables).map((names) => ({
    key: ["my-levels", database, catalog, names],
    read: (abort: AbortSignal) =>
      weir("BatchGetMyAccess", { DatabaseName: database, TableNames: names, ...(catalog && { CatalogId: catalog }) }, abort),
  })));
  return new Map(answers.flatMap((answer) => answer?.Tables ?? []).map(({ TableName = "", Level }) => [TableName, Level]));
}

/** Access to columns by their names. */
export const accessByColumn = (access: MyAccess | undefined): Map<string, MyColumn> =>
  new Map(access?.Columns?.map((column) => [column.Name ?? "", column]));

/** What the access to a table is called. */
export function levelWords(level: MyAccess["Level"]): string {
  switch (level) {
    case "NONE": case undefined: return "None";
    case "DESCRIBE": return "You see what it is, and no data of it";
    case "SELECT_SOME": return "You read a part of it";
    case "SELECT": return "You read all of it";
    case "WRITE": return "You read and write it";
    case "SUPER": return "You may do everything with it";
  }
}

/** What a right rests on, in words. */
export function groundWords({ Ground, Filter, LFTagPolicy, ResourceShare }: MyGrant): string {
  if (Filter) return `the data filter ${Filter}`;
  if (LFTagPolicy) return `the LF-Tags ${LFTagPolicy}`;
  if (ResourceShare) return `the share ${ResourceShare}`;
  switch (Ground) {
    case "ADMINISTRATOR": return "administering the lake";
    case "READ_ONLY_ADMINISTRATOR": return "administering the lake, reading only";
    case "IAM_ALONE": return "IAM policies alone";
    case "OTHER_ACCOUNT": return "another account's grant";
    case "PRIVILEGED_LOCATION": return "the location";
    case "COLUMNS": return "a grant on columns";
    default: return "a grant";
  }
}
