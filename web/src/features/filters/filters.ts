import {
  CreateDataCellsFilterCommand, DeleteDataCellsFilterCommand, LakeFormationClient, ListDataCellsFilterCommand, UpdateDataCellsFilterCommand,
  type DataCellsFilter,
} from "@aws-sdk/client-lakeformation";
import { clientOf } from "../../api/clients";
import { useChange, usePages } from "../../api/queries";
import { useSession } from "../../signin/useSession";

export type { DataCellsFilter };

interface Place {
  catalog: string;
  database?: string | undefined;
  table?: string | undefined;
}

/** Data filters that the person may see: all, or those of a table. */
export function useFilters({ catalog, database, table }: Place, { when = true } = {}) {
  const lake = clientOf(useSession(), LakeFormationClient);
  const Table = database && table ? { CatalogId: catalog, DatabaseName: database, Name: table } : undefined;
  return usePages<DataCellsFilter>(["filters", Table], async (token, abortSignal) => {
    const { DataCellsFilters, NextToken } = await lake.send(
      new ListDataCellsFilterCommand({ Table, NextToken: token, MaxResults: 100 }), { abortSignal });
    return { items: DataCellsFilters ?? [], next: NextToken };
  }, { when });
}

/** Saves a filter: a new one, or in place of the version that was read. */
export function useSaveFilter(isNew: boolean) {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useChange(
    (TableData: DataCellsFilter) =>
      isNew ? lake.send(new CreateDataCellsFilterCommand({ TableData })) : lake.send(new UpdateDataCellsFilterCommand({ TableData })),
  );
}

/** What names a filter, as the operations take it. */
export const nameOf = ({ TableCatalogId, DatabaseName, TableName, Name }: DataCellsFilter) => ({ TableCatalogId, DatabaseName, TableName, Name });

/** Deletes a filter, with every grant on it. */
export function useDeleteFilter() {
  const lake = clientOf(useSession(), LakeFormationClient);
  return useChange((filter: DataCellsFilter) => lake.send(new DeleteDataCellsFilterCommand(nameOf(filter))));
}
