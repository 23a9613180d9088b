import type { DataCellsFilter } from "./filters";

/** Which columns a filter shows: all, only some, or all but some. */
export type ColumnsWay = "all" | "only" | "but";

/** A filter as a form has it. */
export interface FilterDraft {
  name: string;
  database?: string;
  table?: string;
  way: ColumnsWay;
  columns: string[];
  /** The condition a row must meet; empty: all rows. */
  rows: string;
  /** The version that was read: a newer one is not overwritten. */
  version?: string;
}

/** A filter, or what is known of a new one, as a form has it. */
export function draftOf(filter: Partial<DataCellsFilter>): FilterDraft {
  const { Name, DatabaseName, TableName, ColumnNames = [], ColumnWildcard, RowFilter, VersionId } = filter;
  const excluded = ColumnWildcard?.ExcludedColumnNames ?? [];
  return {
    name: Name ?? "",
    ...(DatabaseName && { database: DatabaseName }),
    ...(TableName && { table: TableName }),
    way: ColumnNames.length ? "only" : excluded.length ? "but" : "all",
    columns: ColumnNames.length ? ColumnNames : excluded,
    rows: RowFilter?.FilterExpression ?? "",
    ...(VersionId && { version: VersionId }),
  };
}

function columnsOf({ way, columns }: FilterDraft): Pick<DataCellsFilter, "ColumnNames" | "ColumnWildcard"> {
  if (way === "only") return { ColumnNames: columns };
  return { ColumnWildcard: way === "but" ? { ExcludedColumnNames: columns } : {} };
}

/** The filter that a draft means; undefined while it is not complete. */
export function filterOf(draft: FilterDraft, catalog: string): DataCellsFilter | undefined {
  const { database, table, way, columns, rows, version } = draft;
  const name = draft.name.trim();
  if (!name || !database || !table || (way !== "all" && columns.length === 0)) return undefined;
  return {
    TableCatalogId: catalog, DatabaseName: database, TableName: table, Name: name,
    RowFilter: rows.trim() ? { FilterExpression: rows.trim() } : { AllRowsWildcard: {} },
    ...columnsOf(draft),
    ...(version && { VersionId: version }),
  };
}

/** Which columns a filter shows, in words. */
export function columnsText({ ColumnNames = [], ColumnWildcard }: DataCellsFilter): string {
  if (ColumnNames.length) return ColumnNames.join(", ");
  const excluded = ColumnWildcard?.ExcludedColumnNames ?? [];
  return excluded.length ? `all but ${excluded.join(", ")}` : "all";
}

/** Which rows a filter lets stay, in words. */
export const rowsText = ({ RowFilter }: DataCellsFilter): string => RowFilter?.FilterExpression ?? "all";
